package io.cordboard.web.soap;

import io.cordboard.kernel.Fault;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an envelope as it comes, and trusts nothing of it: no document type and so no entity, no processing
 * instruction, no reference to anything outside; depth, elements, attributes and texts are bounded, the whole is by
 * whoever read the body. Thread-safe.
 */
final class SoapReader {
  private static final int MOST_DEEP = 12;
  private static final int MOST_ELEMENTS = 400;
  private static final int MOST_ATTRIBUTES = 24;
  private static final int LONGEST_TEXT = 20_000;
  private static final String NO_PROPERTY = "";

  private final XMLInputFactory factory = factory();

  private static XMLInputFactory factory() {
    // that of the JDK, whatever else is on the class path
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, NO_PROPERTY);
    factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(MOST_ATTRIBUTES));
    factory.setProperty("jdk.xml.maxXMLNameLimit", "200");
    factory.setProperty("jdk.xml.entityExpansionLimit", "1");
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside is read");
        });
    return factory;
  }

  /** The one element in the envelope's body. */
  XmlNode read(byte[] body, SoapVersion version) {
    XmlNode envelope = tree(text(body));
    if (!envelope.name().equals("Envelope")) {
      throw new Fault.BadRequest("This is no SOAP envelope.");
    }
    if (!envelope.namespace().equals(version.namespace())) {
      throw new SoapFault.Mismatch();
    }
    XmlNode inside = null;
    for (XmlNode part : envelope.children()) {
      if (part.is(version.namespace(), "Header") && inside == null) {
        mustNotDemand(part);
      } else if (part.is(version.namespace(), "Body") && inside == null) {
        inside = part;
      } else {
        throw new Fault.BadRequest("An envelope has a Header, perhaps, and one Body.");
      }
    }
    if (inside == null || inside.children().size() != 1) {
      throw new Fault.BadRequest("The envelope's Body holds one operation.");
    }
    return inside.children().getFirst();
  }

  private static void mustNotDemand(XmlNode header) {
    for (XmlNode block : header.children()) {
      if (block.mustUnderstand()) {
        throw new SoapFault.NotUnderstood(block.name());
      }
    }
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException other) {
      throw new Fault.BadRequest("The envelope is not in UTF-8.");
    }
  }

  private XmlNode tree(String text) {
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      try {
        return new Tree(reader).read();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException wrong) {
      // its own words repeat what was sent
      throw new Fault.BadRequest(
          "The XML cannot be read near line %d, or is larger, deeper or wider than is taken."
              .formatted(wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNumber()));
    }
  }

  /** An element that is not read to its end yet. */
  private record Open(
      String namespace, String name, StringBuilder text, List<XmlNode> children, boolean must) {}

  /** One document. */
  private static final class Tree {
    private final XMLStreamReader reader;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    Tree(XMLStreamReader reader) {
      this.reader = reader;
    }

    XmlNode read() throws XMLStreamException {
      XmlNode root = null;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> begin();
          case XMLStreamConstants.END_ELEMENT -> root = end();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader.getText());
          case XMLStreamConstants.SPACE, XMLStreamConstants.COMMENT, XMLStreamConstants.END_DOCUMENT -> {}
          default ->
              throw new Fault.BadRequest(
                  "A document type, an entity or a processing instruction is not taken.");
        }
      }
      if (root == null) {
        throw new Fault.BadRequest("There is no XML in the body.");
      }
      return root;
    }

    private void begin() {
      elements++;
      if (open.size() >= MOST_DEEP || elements > MOST_ELEMENTS
          || reader.getAttributeCount() + reader.getNamespaceCount() > MOST_ATTRIBUTES) {
        throw new Fault.BadRequest(
            "The XML is deeper than %d, or has more than %d elements or %d attributes of one."
                .formatted(MOST_DEEP, MOST_ELEMENTS, MOST_ATTRIBUTES));
      }
      String namespace = reader.getNamespaceURI();
      open.push(
          new Open(
              namespace == null ? "" : namespace, reader.getLocalName(), new StringBuilder(),
              new ArrayList<>(), must()));
    }

    private boolean must() {
      for (SoapVersion version : SoapVersion.values()) {
        String value = reader.getAttributeValue(version.namespace(), "mustUnderstand");
        if ("1".equals(value) || "true".equals(value)) {
          return true;
        }
      }
      return false;
    }

    private XmlNode end() {
      Open done = open.pop();
      XmlNode node =
          new XmlNode(
              done.namespace(), done.name(), done.text().toString(), done.children(), done.must());
      if (!open.isEmpty()) {
        open.peek().children().add(node);
      }
      return node;
    }

    private void text(String more) {
      Open into = open.peek();
      if (into == null) {
        return;
      }
      if (into.text().length() + more.length() > LONGEST_TEXT) {
        throw new Fault.BadRequest(
            "A text in the XML has more than %d characters.".formatted(LONGEST_TEXT));
      }
      into.text().append(more);
    }
  }
}
