package org.irisgraph.pipeline;

import org.irisgraph.graph.Document;

/**
 * A document and what tells whether it has changed.
 *
 * @param contentHash SHA-256 of text and metadata in lower-case hexadecimal
 */
record HashedDocument(Document document, String contentHash) {}
