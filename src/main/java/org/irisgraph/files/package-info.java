/** Finds, opens and writes files, local and through Beam's file systems. */
@NullMarked
package org.irisgraph.files;

import org.jspecify.annotations.NullMarked;
