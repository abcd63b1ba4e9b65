/** Measures what extractors find against documents that people have annotated. */
package org.irisgraph.extract.evaluate;
