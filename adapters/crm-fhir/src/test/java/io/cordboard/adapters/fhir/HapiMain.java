package io.cordboard.adapters.fhir;

import java.io.IOException;
import java.io.OutputStream;

/** The server as a process of its own, for stories through the whole product; ends when its input does. */
final class HapiMain {
  private HapiMain() {}

  public static void main(String[] none) throws IOException {
    HapiServer server = HapiServer.started();
    System.out.println(
        "{\"base\":\"http://127.0.0.1:%d/fhir\",\"token\":\"%s\"}".formatted(server.port(), server.gate().hands()));
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }
}
