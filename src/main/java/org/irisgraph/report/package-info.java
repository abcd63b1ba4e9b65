/** What a run reports: summary, progress figures, dead-letter files. */
@NullMarked
package org.irisgraph.report;

import org.jspecify.annotations.NullMarked;
