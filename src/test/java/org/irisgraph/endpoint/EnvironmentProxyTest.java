package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTPS_PROXY=http://proxy:3128 | https://api.example/v1 | proxy:3128",
        "https_proxy=proxy:3128 | https://api.example/v1 | proxy:3128",
        "HTTP_PROXY=http://proxy:3128 | https://api.example/v1 | DIRECT",
        "HTTP_PROXY=http://proxy | http://api.example/v1 | proxy:80",
        "ALL_PROXY=http://proxy:1 | https://api.example/v1 | proxy:1",
        "ALL_PROXY=http://proxy:1 | http://localhost:11434/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1 | http://127.0.0.1:11434/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1;NO_PROXY=other,.example | https://api.example/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1;no_proxy=api.example | https://api.example/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1;NO_PROXY=example | https://counterexample/v1 | proxy:1",
        "ALL_PROXY=http://proxy:1;NO_PROXY=10.0.0.0/8 | https://10.1.2.3/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1;NO_PROXY=10.0.0.0/8 | https://11.1.2.3/v1 | proxy:1",
        "ALL_PROXY=http://proxy:1;NO_PROXY=192.168.4.0/22 | http://192.168.7.9:8000/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1;NO_PROXY=192.168.4.0/22 | http://192.168.8.9:8000/v1 | proxy:1",
        "ALL_PROXY=http://proxy:1;NO_PROXY=fd00::/8 | http://[fd12::1]:8000/v1 | DIRECT",
        "ALL_PROXY=http://proxy:1;NO_PROXY=10.0.0.0/99,a/8,0.0.0.0/0 | http://api.example |"
            + " proxy:1",
        "ALL_PROXY=http://proxy:1;NO_PROXY=* | https://api.example/v1 | DIRECT"
      })
  void selectsWhatTheEnvironmentNames(String variables, String url, String expected) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(";", -1)) {
      String[] nameAndValue = variable.split("=", 2);
      environment.put(nameAndValue[0], nameAndValue[1]);
    }

    Proxy proxy = new EnvironmentProxy(environment).select(URI.create(url)).get(0);

    assertThat(
        proxy.address() instanceof InetSocketAddress address
            ? address.getHostString() + ":" + address.getPort()
            : "DIRECT",
        is(expected));
  }

  @Test
  void doesNotRepeatAWrongAddressWhichMayHaveAPassword() {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> Endpoint.checkProxies(Map.of("HTTPS_PROXY", "http://user:sec ret@proxy")));

    assertThat(wrong.getMessage(), containsString("HTTPS_PROXY"));
    assertThat(wrong.getMessage(), not(containsString("sec")));
  }

  @Test
  void sendsRequestsThroughTheProxy() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          byte[] answer = "[]".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    proxy.start();
    try {
      Endpoint endpoint =
          new Endpoint(Service.LANGUAGE_MODEL, "http://model.invalid/v1", 1, 0, 5, 0);
      String address = "http://127.0.0.1:" + proxy.getAddress().getPort();

      assertThat(
          new ModelHttp(endpoint, () -> "", Set.of(), Map.of("HTTP_PROXY", address)).send("{}"),
          is("[]"));
      assertThat(seen, is(List.of("http://model.invalid/v1/chat/completions")));
    } finally {
      proxy.stop(0);
    }
  }
}
