package io.cordboard.web.json;

import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskSchema.FromServer;
import io.cordboard.core.desk.DeskSchema.Result;
import io.cordboard.core.desk.DeskSchema.ToServer;
import io.cordboard.core.desk.TeamView;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Frames of the desk's socket. Thread-safe. */
public final class DeskJson {
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final String heartbeat;

  public DeskJson(JsonMapper mapper) {
    this.writer = mapper.writerFor(FromServer.class);
    this.reader = mapper.readerFor(ToServer.class);
    this.heartbeat = writer.writeValueAsString(new FromServer(null, null, null));
  }

  /** A frame with a message. */
  public String write(DeskMessage message) {
    return writer.writeValueAsString(new FromServer(message, null, null));
  }

  /** A frame with the answer to a command. */
  public String write(Result result) {
    return writer.writeValueAsString(new FromServer(null, result, null));
  }

  /** A frame with the team. */
  public String write(TeamView team) {
    return writer.writeValueAsString(new FromServer(null, null, team));
  }

  /** A frame that says nothing but that the server lives. */
  public String heartbeat() {
    return heartbeat;
  }

  /**
   * A command.
   *
   * @throws JacksonException when the frame is none; its message may hold parts of the frame
   */
  public ToServer read(String frame) {
    ToServer command = reader.readValue(frame);
    if (command == null) {
      throw new StreamReadException("null is no command");
    }
    return command;
  }
}
