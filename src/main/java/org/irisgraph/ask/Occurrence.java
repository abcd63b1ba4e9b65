package org.irisgraph.ask;

/** An entity of a document that belongs to a node. */
record Occurrence(String entityId, String documentId) {}
