package dev.snowshed.samples.downstream;

/** A status and a JSON text. */
record Answer(int status, String json) {

  static Answer ok(String json) {
    return new Answer(200, json);
  }

  static Answer error(int status, String message) {
    String text = message.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
    return new Answer(status, "{\"error\":\"" + text + "\"}");
  }
}
