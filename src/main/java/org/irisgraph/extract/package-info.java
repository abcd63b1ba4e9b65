/**
 * Finds entities in a document's text and links them: extractors give mentions, mentions become
 * entities and relationships.
 */
package org.irisgraph.extract;
