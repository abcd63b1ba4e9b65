/** What a run reports: summary, progress figures, dead-letter files. */
package org.irisgraph.report;
