/** The readers, one for each format. */
@NullMarked
package org.irisgraph.document.format;

import org.jspecify.annotations.NullMarked;
