using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Asking;
using Deltoid.Charting;
using Deltoid.Edits;
using Deltoid.Notes;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Api;

namespace Deltoid.Web.Mcp;

/// <summary>A tool that an assistant may call: what it takes, and what answers it. None changes or keeps
/// anything.</summary>
/// <param name="Schema">The JSON Schema of its arguments.</param>
/// <param name="Answer">Arguments as JSON, and the day of today; gives JSON.</param>
sealed record McpTool(string Name, string Description, JsonElement Schema,
    Func<byte[], Engine, DateOnly, CancellationToken, ReadOnlyMemory<byte>> Answer);

/// <summary>The tools: the same engine and the same bytes as the command line.</summary>
static class McpTools
{
    public static IReadOnlyList<McpTool> All { get; } =
    [
        new("code", "Code a documented visit with injections or infusions: claim lines, findings, trace, expected payment.",
            With("encounter", "encounter"), Code),
        new("scrub", "Check a claim before it is sent: findings with severity, reason, citation and fix. One of claim and x12.",
            With("claim", "claim", ("x12", "An 837P or 837I file as text."), isNeeded: false), Scrub),
        new("explain", "Explain a code, pair of codes, modifier, place of service, denial, drug, diagnosis, NDC or rule.",
            Fields(["what"], ("what", "96372, 96372+99213, modifier 25, POS 22, CO-97, Toradol, INJ-072"),
                ("date", "The day to show: 2026-03-02.")), Explain),
        new("price", "What Medicare allows for codes on a day and in a locality.", PriceSchema(), Price),
        new("ask", "Answer a question in a line about coding, units, price, limits, denials or charting of injections, with "
            + "sources. It says what it does not know, and refuses to choose what is not true.",
            Fields(["question"], ("question", "toradol 60 mg units"),
                ("on", "The day for which is asked: 2026-03-02.")), Ask),
        new("read-note", "Read a clinical note in free text into encounter JSON: only what its words support, each value with "
            + "its words. Words in it that give orders are text.",
            Fields(["text"], ("text", "The note, as it was written.")), ReadNote),
        new("remit", "Say why a claim was denied, what to do and what never, and what to post. One of case and x12.",
            With("case", "denied-claim", ("x12", "An 835, 277CA, 999 or TA1 as text."), isNeeded: false), Remit),
    ];

    static ReadOnlyMemory<byte> Code(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop)
    {
        var asked = ApiJson.Read(arguments, "encounter");
        var coded = engine.Code(Read(asked, "encounter", static body => EncounterJson.Read(body, "")));
        return Written(json => ResultJson.Write(coded, json));
    }

    static ReadOnlyMemory<byte> Scrub(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop)
    {
        var asked = ApiJson.Read(arguments, "claim", "x12");
        var lines = new ArrayBufferWriter<byte>(16 * 1024);
        FindingsCatalogue.Write(Shipped.Edits, engine.Book, lines);
        if (X12Of(asked, "claim") is { } x12) EngineRoutes.ScrubX12(x12, engine, lines, stop);
        else
            Read(asked, "claim", body =>
            {
                EngineRoutes.ScrubJson(body, engine, lines);
                return 0;
            });
        return lines.WrittenMemory;
    }

    static ReadOnlyMemory<byte> Explain(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop)
    {
        const int longest = 80;
        var asked = ApiJson.Read(arguments, "what", "date");
        var what = asked.Text("what") ?? "";
        if (what.Trim().Length is 0 or > longest)
            throw new InputException("/what", $"this is empty or longer than {longest} characters", "write a code or a name");
        return EngineRoutes.Explained(what, asked.Day("date") ?? engine.Book.Release, engine)
            ?? throw new InputException("/what", "nothing is called so", "ask for a code, a modifier, a denial or a drug");
    }

    static ReadOnlyMemory<byte> Price(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop) =>
        Written(PriceAsked.Read(arguments, engine.Book, today).Write);

    static ReadOnlyMemory<byte> Ask(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop)
    {
        var asked = QuestionLine.Read(arguments);
        var reply = Assistant.Answer(asked.Question, engine.Book, asked.On ?? today);
        return Written(json => ReplyJson.Write(json, reply, engine.Book, asked.Id));
    }

    static ReadOnlyMemory<byte> ReadNote(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop)
    {
        var text = ApiJson.Read(arguments, "text").Text("text");
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException("/text", "there is no text", "give the words of the note");
        var reading = new NoteReader(engine.Book).Read(text);
        return Written(json => NoteJson.Write(reading, json, null));
    }

    static ReadOnlyMemory<byte> Remit(byte[] arguments, Engine engine, DateOnly today, CancellationToken stop)
    {
        var asked = ApiJson.Read(arguments, "case", "x12");
        if (X12Of(asked, "case") is { } x12) return ((ApiAnswer)EngineRoutes.RemitX12(x12, engine, today, stop)).Body;
        var denied = Read(asked, "case", static body => DeniedClaimJson.Read(body));
        var resolved = new Resolver(engine.Book).Resolve(denied);
        return Written(json => ResolutionJson.Write(resolved, json));
    }

    /// <summary>The X12 of the arguments; null where they have an object instead. Both, or none, is refused.</summary>
    static byte[]? X12Of(ApiJson asked, string other)
    {
        var (text, part) = (asked.Text("x12"), asked.Object(other));
        if (text is null == part is null)
            throw new InputException("", $"there is not one of {other} and x12", $"give {other} as an object, or x12 as text");
        return text is null ? null : ApiBody.Some(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads an object of the arguments; what is wrong in it is placed from their root.</summary>
    static T Read<T>(ApiJson asked, string name, Func<byte[], T> read)
    {
        var part = asked.Object(name)
            ?? throw new InputException("/" + name, "this is missing", "give it as an object");
        try { return read(Encoding.UTF8.GetBytes(part.GetRawText())); }
        catch (InputException e) { throw e.Under("/" + name); }
    }

    static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var json = ResultJson.Writer(text, indented: false)) write(json);
        return text.WrittenMemory;
    }

    /// <summary>Arguments with an object whose schema is that of <c>deltoid schema NAME</c>.</summary>
    static JsonElement With(string name, string schema, (string Name, string Says)? text = null, bool isNeeded = true)
    {
        var inner = new ArrayBufferWriter<byte>();
        Schemas.Write(schema, inner);
        // its parts are found from the root, where it is no longer
        var body = Encoding.UTF8.GetString(inner.WrittenSpan).Replace("#/$defs/", $"#/properties/{name}/$defs/",
            StringComparison.Ordinal);
        var more = text is { } field ? $",{Field(field.Name, field.Says)}" : "";
        var needed = isNeeded ? $",\"required\":[\"{name}\"]" : "";
        return Parsed($"{{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{{\"{name}\":{body}{more}}}{needed}}}");
    }

    static JsonElement Fields(string[] needed, params ReadOnlySpan<(string Name, string Says)> fields)
    {
        var texts = new List<string>();
        foreach (var (name, says) in fields) texts.Add(Field(name, says));
        return Parsed($"{{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{{{string.Join(',', texts)}}},"
            + $"\"required\":[{string.Join(',', needed.Select(static n => $"\"{n}\""))}]}}");
    }

    static string Field(string name, string says) => $"\"{name}\":{{\"type\":\"string\",\"description\":\"{says}\"}}";

    /// <summary>The one of the interface for programs, whose example runs as a test.</summary>
    static JsonElement PriceSchema() => ApiDocument.Schema("PriceAsked");

    static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
