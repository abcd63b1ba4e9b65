/** The options: their declarations, defaults, settings files, flags. */
@NullMarked
package org.irisgraph.options;

import org.jspecify.annotations.NullMarked;
