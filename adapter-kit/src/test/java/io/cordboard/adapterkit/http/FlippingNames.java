package io.cordboard.adapterkit.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A name server that an attacker keeps: names below flips.example lie outside and inside of our network in turn. */
public final class FlippingNames extends InetAddressResolverProvider {
  static final AtomicInteger ASKED = new AtomicInteger();

  public FlippingNames() {
    // as it is whenever what Java remembered has just expired
    Security.setProperty("networkaddress.cache.ttl", "0");
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (!host.endsWith("flips.example")) {
          return usual.lookupByName(host, policy);
        }
        boolean outside = ASKED.getAndIncrement() % 2 == 0;
        byte[] address = outside ? new byte[] {8, 8, 8, 8} : new byte[] {127, 0, 0, 1};
        return Stream.of(InetAddress.getByAddress(host, address));
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "flipping";
  }
}
