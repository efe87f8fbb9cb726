package io.cordboard.web;

import io.cordboard.web.Client.Answer;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Speaks SOAP as the contract says, and holds question and answer against its schema. */
final class SoapCalls {
  static final String ONE_ONE = "http://schemas.xmlsoap.org/soap/envelope/";
  static final String ONE_TWO = "http://www.w3.org/2003/05/soap-envelope";
  static final String OURS = "urn:cordboard:soap:1";
  private final Client client;
  private final Schema schema;

  SoapCalls(Client client) {
    this.client = client.header("Content-Type", "text/xml; charset=utf-8");
    this.schema = schema(document(client.get("/soap/cordboard.wsdl").body()));
  }

  private static Schema schema(Document wsdl) {
    try {
      Node types = wsdl.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema").item(0);
      return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new DOMSource(types));
    } catch (SAXException wrong) {
      throw new AssertionError("the contract's schema is none", wrong);
    }
  }

  static Document document(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException wrong) {
      throw new AssertionError(xml, wrong);
    }
  }

  static String envelope(String body) {
    return "<e:Envelope xmlns:e=\"%s\"><e:Header/><e:Body>%s</e:Body></e:Envelope>".formatted(ONE_ONE, body);
  }

  static String operation(String name, String inside) {
    return "<%1$s xmlns=\"%2$s\">%3$s</%1$s>".formatted(name, OURS, inside);
  }

  /** Sends whatever it is. */
  Answer raw(String text) {
    return client.send("POST", "/soap/cordboard", text);
  }

  /** Asks by the contract; the answer fits it too. */
  Told ask(String name, String inside) {
    String operation = operation(name, inside);
    validate(document(operation).getDocumentElement());
    Answer answer = raw(envelope(operation));
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    Element response = (Element) first(document(answer.body()), ONE_ONE, "Body").getFirstChild();
    validate(response);
    return new Told(response);
  }

  private void validate(Element element) {
    try {
      schema.newValidator().validate(new DOMSource(element));
    } catch (SAXException | IOException wrong) {
      throw new AssertionError(element.getTagName() + " is not as the contract says", wrong);
    }
  }

  static Node first(Document document, String namespace, String name) {
    Node found = document.getElementsByTagNameNS(namespace, name).item(0);
    if (found == null) {
      throw new AssertionError("there is no " + name);
    }
    return found;
  }

  /** The stable code of a fault. */
  static String code(Answer answer) {
    return first(document(answer.body()), OURS, "code").getTextContent();
  }

  /** An answer. */
  record Told(Element response) {
    List<String> all(String name) {
      NodeList found = response.getElementsByTagNameNS(OURS, name);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) {
        texts.add(found.item(i).getTextContent());
      }
      return texts;
    }

    String one(String name) {
      List<String> texts = all(name);
      if (texts.isEmpty()) {
        throw new AssertionError("there is no " + name);
      }
      return texts.getFirst();
    }
  }
}
