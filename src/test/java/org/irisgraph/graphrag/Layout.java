package org.irisgraph.graphrag;

import java.util.List;

/** Tables as versions of iris-vector-rag have left them behind; what is missing is created. */
public enum Layout {
  /** What it creates at run time: no foreign keys. */
  A(List.of(), true),
  /** Older migrations: foreign keys that cascade, relationships without a document. */
  B(layoutB(" ON DELETE CASCADE"), false),
  /** The same with foreign keys that refuse. */
  B_WITHOUT_CASCADES(layoutB(""), false),
  /** Its schema.sql: shorter ids, and no table of relationships. */
  C(
      List.of(
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " title VARCHAR(500), text_content VARCHAR(10000), metadata VARCHAR(10000))",
          "CREATE TABLE RAG.Entities (entity_id VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " entity_name VARCHAR(500) NOT NULL, entity_type VARCHAR(100),"
              + " source_doc_id VARCHAR(64))"),
      true);

  private final String statements;
  private final boolean namesDocumentOfRelationship;

  Layout(List<String> statements, boolean namesDocumentOfRelationship) {
    this.statements = String.join(";", statements);
    this.namesDocumentOfRelationship = namesDocumentOfRelationship;
  }

  private static List<String> layoutB(String onDelete) {
    String entity = ") REFERENCES RAG.Entities(entity_id)" + onDelete;
    return List.of(
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) NOT NULL PRIMARY KEY,"
            + " title VARCHAR(1000), text_content VARCHAR(10000), metadata VARCHAR(2000))",
        "CREATE TABLE RAG.Entities (entity_id VARCHAR(255) NOT NULL PRIMARY KEY,"
            + " entity_name VARCHAR(1000) NOT NULL, entity_type VARCHAR(255) NOT NULL,"
            + " source_doc_id VARCHAR(255) NOT NULL, description VARCHAR(2000),"
            + " FOREIGN KEY (source_doc_id) REFERENCES RAG.SourceDocuments(doc_id)"
            + onDelete
            + ")",
        "CREATE TABLE RAG.EntityRelationships (relationship_id VARCHAR(255) NOT NULL PRIMARY KEY,"
            + " source_entity_id VARCHAR(255) NOT NULL, target_entity_id VARCHAR(255) NOT NULL,"
            + " relationship_type VARCHAR(255) NOT NULL, FOREIGN KEY (source_entity_id"
            + entity
            + ", FOREIGN KEY (target_entity_id"
            + entity
            + ")");
  }

  /** The statements that make the tables. */
  public String[] statements() {
    return statements.isEmpty() ? new String[0] : statements.split(";", -1);
  }

  /** The insert of another tool's relationship; the document may be null. */
  String relationship(String id, String source, String target, String document) {
    return namesDocumentOfRelationship
        ? ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type, source_document)"
                + " VALUES ('%s', '%s', '%s', 'treats', %s)")
            .formatted(id, source, target, document == null ? "NULL" : "'" + document + "'")
        : ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type) VALUES ('%s', '%s', '%s', 'treats')")
            .formatted(id, source, target);
  }

  /** The insert of another tool's entity. */
  public static String entity(String id, String document) {
    return ("INSERT INTO RAG.Entities (entity_id, entity_name, entity_type, source_doc_id)"
            + " VALUES ('%s', 'theirs', 'DRUG', '%s')")
        .formatted(id, document);
  }

  /** The insert of another tool's document. */
  static String document(String id) {
    return "INSERT INTO RAG.SourceDocuments (doc_id, text_content) VALUES ('%s', 'theirs')"
        .formatted(id);
  }
}
