/** One run, from its lease to its summary. */
package org.irisgraph.run;
