/** Characters, scripts and words: how texts and names are compared, whoever compares them. */
@NullMarked
package org.irisgraph.text;

import org.jspecify.annotations.NullMarked;
