/** Input to documents: finds files and key ranges, spreads them over the workers, reads them. */
package org.irisgraph.source;
