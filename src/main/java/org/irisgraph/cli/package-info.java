/** The command line: one class per command, flags, help, progress and logging. */
@NullMarked
package org.irisgraph.cli;

import org.jspecify.annotations.NullMarked;
