package org.irisgraph.endpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects the HTTP proxy that the environment names, as curl and Python do: {@code HTTPS_PROXY},
 * {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in capitals or small letters. Without
 * them, the system properties of Java apply. This machine is always addressed directly.
 */
final class EnvironmentProxy extends ProxySelector {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final int DEFAULT_PORT = 80;

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f.]*:[0-9a-f.:]*]?");
  private static final Pattern NETWORK = Pattern.compile("(?:" + ADDRESS + ")/[0-9]{1,3}");

  /** Java refuses passwords to proxies by default for HTTPS. */
  private static final String REFUSED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final Map<String, String> environment;

  EnvironmentProxy(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Sets the proxy of a client, with its user and password if it has them. */
  HttpClient.Builder configure(HttpClient.Builder client) {
    if (proxy("http") == null && proxy("https") == null) {
      return client;
    }
    client.proxy(this);
    if (credentials(proxy("http")) != null || credentials(proxy("https")) != null) {
      if (System.getProperty(REFUSED_SCHEMES) == null) {
        System.setProperty(REFUSED_SCHEMES, "");
      }
      client.authenticator(new Credentials());
    }
    return client;
  }

  /** Throws an IllegalArgumentException if a proxy is no address. */
  void check() {
    proxy("http");
    proxy("https");
  }

  @Override
  public List<Proxy> select(URI uri) {
    URI proxy = proxy(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
    if (proxy == null || isDirect(uri)) {
      return List.of(Proxy.NO_PROXY);
    }
    int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port)));
  }

  /** The request fails with the error. */
  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException error) {}

  /** The proxy for a scheme, null if there is none. */
  private @Nullable URI proxy(String scheme) {
    String value = variable(scheme + "_proxy");
    String found = value.isEmpty() ? variable("all_proxy") : value;
    if (found.isEmpty()) {
      return null;
    }
    URI uri;
    try {
      uri = URI.create(found.contains("://") ? found : "http://" + found);
    } catch (IllegalArgumentException e) {
      throw wrong(scheme);
    }
    if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("http")) {
      throw wrong(scheme);
    }
    return uri;
  }

  /** The value is not repeated, since it may have a password. */
  private static IllegalArgumentException wrong(String scheme) {
    return new IllegalArgumentException(
        "the environment's %s_PROXY must be the address of an HTTP proxy, as in http://proxy:3128"
            .formatted(scheme.toUpperCase(Locale.ROOT)));
  }

  private String variable(String name) {
    String value = environment.getOrDefault(name, "");
    return (value.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : value)
        .strip();
  }

  private boolean isDirect(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (THIS_MACHINE.contains(host)) {
      return true;
    }
    for (String entry : variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String suffix = entry.replaceFirst("^\\*?\\.", "");
      if (entry.equals("*")
          || isWithin(host, entry)
          || (!suffix.isEmpty()
              && (host.equals(suffix)
                  || host.endsWith("." + suffix)
                  || suffix.equals(host + ":" + uri.getPort())))) {
        return true;
      }
    }
    return false;
  }

  /** Whether an address is in a network, as in {@code 10.0.0.0/8}. Names are not resolved. */
  private static boolean isWithin(String host, String network) {
    String[] parts = network.split("/", 2);
    if (parts.length < 2
        || !ADDRESS.matcher(host).matches()
        || !NETWORK.matcher(network).matches()) {
      return false;
    }
    try {
      byte[] address = InetAddress.getByName(host).getAddress();
      byte[] first = InetAddress.getByName(parts[0]).getAddress();
      int free = address.length * Byte.SIZE - Integer.parseInt(parts[1]);
      return address.length == first.length
          && free >= 0
          && new BigInteger(address)
              .shiftRight(free)
              .equals(new BigInteger(first).shiftRight(free));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static @Nullable String credentials(@Nullable URI proxy) {
    return proxy == null ? null : proxy.getRawUserInfo();
  }

  /** Gives user and password to the proxy alone. */
  private final class Credentials extends Authenticator {

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      if (getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      String scheme = getRequestingURL() == null ? "https" : getRequestingURL().getProtocol();
      String userInfo = credentials(proxy(scheme));
      if (userInfo == null) {
        return null;
      }
      String[] parts = userInfo.split(":", 2);
      return new PasswordAuthentication(
          decoded(parts[0]), (parts.length < 2 ? "" : decoded(parts[1])).toCharArray());
    }

    private static String decoded(String part) {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
