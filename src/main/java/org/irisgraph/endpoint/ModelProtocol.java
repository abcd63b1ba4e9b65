package org.irisgraph.endpoint;

import java.util.Set;

/**
 * What a model is sent, and how its responses are read. Users with equal protocols share the client
 * of an endpoint.
 *
 * @param <Q> a request
 * @param <R> what a response says
 */
public interface ModelProtocol<Q, R> {

  /**
   * The JSON body of a request.
   *
   * @param refused the fields that the server does not take
   */
  String body(Q request, Set<String> refused);

  /**
   * Reads the body of a response with a status of success.
   *
   * @throws CallFailure if it is no answer to the request
   */
  R read(Q request, String body) throws CallFailure;

  /** A request of a few words with the settings of another one. */
  Q probe(Q request);

  /** The fields that the model can do without, if the server does not take them. */
  default Set<String> optionalFields() {
    return Set.of();
  }

  /** Whether requests have a field that the model can do without. */
  default boolean has(String field, Set<String> refused) {
    return false;
  }

  /** What to check if the server accepts no request, as in {@code is llmUrl right?}. */
  String advice(Q request);
}
