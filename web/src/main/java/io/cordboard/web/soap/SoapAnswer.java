package io.cordboard.web.soap;

/**
 * What is answered.
 *
 * @param body what stands in the envelope's body
 */
record SoapAnswer(int status, String body) {
  String envelope(SoapVersion version) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"%s\"><s:Body>%s</s:Body></s:Envelope>"
        .formatted(version.namespace(), body);
  }
}
