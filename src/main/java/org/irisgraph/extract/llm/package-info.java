/**
 * The extractor {@code llm}: asks a language model behind an OpenAI-compatible endpoint for
 * entities and relationships. {@link org.irisgraph.extract.llm.LanguageModel} is the entry point.
 */
@NullMarked
package org.irisgraph.extract.llm;

import org.jspecify.annotations.NullMarked;
