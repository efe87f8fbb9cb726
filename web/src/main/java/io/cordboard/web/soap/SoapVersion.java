package io.cordboard.web.soap;

/** The two that are spoken. */
enum SoapVersion {
  ONE_ONE("http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
  ONE_TWO("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml");

  private final String namespace;
  private final String type;

  SoapVersion(String namespace, String type) {
    this.namespace = namespace;
    this.type = type;
  }

  String namespace() {
    return namespace;
  }

  /** The media type of its envelopes. */
  String type() {
    return type;
  }
}
