/**
 * Characters, scripts and words: how texts and names are compared, independent of the extractor.
 */
@NullMarked
package org.irisgraph.text;

import org.jspecify.annotations.NullMarked;
