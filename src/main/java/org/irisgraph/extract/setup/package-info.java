/** Creates the extractors that the settings name. */
@NullMarked
package org.irisgraph.extract.setup;

import org.jspecify.annotations.NullMarked;
