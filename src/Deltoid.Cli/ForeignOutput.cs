using System.Buffers;
using Deltoid.Fhir;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary>
/// What <c>fhir read</c> and <c>hl7 read</c> put out: encounter JSON, and what is not in it on standard error; with
/// <c>--json</c> both in one object.
/// </summary>
static class ForeignOutput
{
    public static int Put(Terminal terminal, ForeignVisit read, string file, bool asJson)
    {
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = ResultJson.Writer(text, indented: true))
            if (asJson) ReadingJson.Write(read, file, json);
            else ReadingJson.WriteEncounter(read, json);
        text.Write("\n"u8);
        terminal.Out.Write(text.WrittenSpan);
        terminal.Out.Flush();
        if (!asJson)
            foreach (var note in read.Notes)
                terminal.Error.WriteLine($"{note.At}: {note.Message}; {note.Try}");
        return Exit.Clean;
    }
}
