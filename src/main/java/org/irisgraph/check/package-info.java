/** Judges, before a run, whether it can work: settings, files, database and cluster. */
@NullMarked
package org.irisgraph.check;

import org.jspecify.annotations.NullMarked;
