package org.irisgraph.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds out, without paying for an answer, whether a model can be reached. */
public final class EndpointCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EndpointCheck() {}

  /**
   * Asks an endpoint for the names of its models.
   *
   * @return the names; empty if the endpoint answers and does not list them
   * @throws ModelException if it does not answer, or refuses the key
   */
  public static List<String> models(Endpoint endpoint, ApiKey key)
      throws ModelException, InterruptedException {
    try {
      return names(new ModelHttp(endpoint, key, Set.of()).models());
    } catch (CallFailure e) {
      if (e.kind() == CallFailure.Kind.CONFIGURATION) {
        throw new ModelException.Configuration(e.getMessage());
      }
      throw new ModelException.Outage(
          "the %s at %s: %s".formatted(endpoint.service().label(), endpoint.url(), e.getMessage()),
          e);
    }
  }

  private static List<String> names(String body) {
    List<String> names = new ArrayList<>();
    try {
      for (JsonNode model : JSON.readTree(body).path("data")) {
        names.add(model.path("id").asText());
      }
    } catch (JsonProcessingException e) {
      // A proxy may answer with a page.
      return List.of();
    }
    return names;
  }
}
