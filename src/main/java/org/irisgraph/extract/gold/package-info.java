/** Reads documents with annotated entities and relations, for training and evaluation. */
@NullMarked
package org.irisgraph.extract.gold;

import org.jspecify.annotations.NullMarked;
