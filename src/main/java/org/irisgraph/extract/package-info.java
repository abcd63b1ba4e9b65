/**
 * Finds entities in a document's text and links them: extractors return mentions, which become
 * entities and relationships.
 *
 * <p>{@link org.irisgraph.extract.setup.Extractors} creates the extractors that the settings name,
 * {@link org.irisgraph.extract.GraphExtractor} runs them on a document. To add an extractor,
 * implement {@link org.irisgraph.extract.EntityExtractor} and add a case to {@code Extractors}.
 *
 * <p>Results depend only on the text, the settings and the versions in the classes. Raise the
 * {@code VERSION} of a class when its results change, so that documents are extracted again.
 */
@NullMarked
package org.irisgraph.extract;

import org.jspecify.annotations.NullMarked;
