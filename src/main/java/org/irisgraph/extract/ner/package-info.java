/**
 * A statistical extractor of chemicals and diseases: a text becomes {@link
 * org.irisgraph.extract.ner.TokenizedText}, these get features ({@link
 * org.irisgraph.extract.ner.WordFeatures}, {@link org.irisgraph.extract.ner.ContextFeatures}), a
 * model of OpenNLP weighs them, {@link org.irisgraph.extract.ner.TagLattice} finds the best
 * sequence of tags, and {@link org.irisgraph.extract.ner.ConsistentMentions} makes the document's
 * mentions agree with each other.
 *
 * <p>Features are 64-bit hashes and never strings: what depends on a word alone is weighed once for
 * each word. Training and extraction share the code that makes them.
 */
package org.irisgraph.extract.ner;
