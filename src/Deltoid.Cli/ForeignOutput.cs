using System.Buffers;
using Deltoid.Fhir;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary>
/// What <c>fhir read</c> and <c>hl7 read</c> put out: encounter JSON, and what is not in it on standard error; with
/// <c>--json</c> both in one object. Several are a list.
/// </summary>
static class ForeignOutput
{
    public static int Put(Terminal terminal, List<ForeignVisit> all, string file, bool asJson)
    {
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = ResultJson.Writer(text, indented: true))
        {
            if (all.Count > 1) json.WriteStartArray();
            foreach (var read in all)
                if (asJson) ReadingJson.Write(read, file, json);
                else ReadingJson.WriteEncounter(read, json);
            if (all.Count > 1) json.WriteEndArray();
        }
        text.Write("\n"u8);
        terminal.Out.Write(text.WrittenSpan);
        terminal.Out.Flush();
        if (!asJson)
            foreach (var (note, places) in all.SelectMany(static read => ReadingNote.Shown(read.Notes)))
                terminal.Error.WriteLine($"{string.Join(", ", places)}: {note.Message}; {note.Try}");
        return Exit.Clean;
    }
}
