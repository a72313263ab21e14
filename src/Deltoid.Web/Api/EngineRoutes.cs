using System.Buffers;
using System.Text.Json;
using Deltoid.Asking;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Values;
using Microsoft.AspNetCore.Mvc;

namespace Deltoid.Web.Api;

/// <summary>
/// What the engine answers to a program: the same bytes as the command line. Nothing is kept, and no account is needed.
/// </summary>
static class EngineRoutes
{
    /// <summary>So long one request may compute.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/code", Code).ForAnyProgram();
        api.MapPost("/scrub", Scrub).ForAnyProgram();
        api.MapPost("/price", Price).ForAnyProgram();
        api.MapGet("/explain/{id}", Explain).ForAnyProgram();
        api.MapPost("/remit", Remit).ForAnyProgram();
        api.MapPost("/read-note", ReadNote).ForAnyProgram();
        api.MapPost("/ask", Ask).ForAnyProgram();
    }

    /// <summary>As <c>deltoid code --json</c>.</summary>
    static async Task<IResult> Code(HttpContext context, Engine engine)
    {
        var body = ApiBody.Some(await ApiBody.Read(context, ApiBody.MostJson));
        var coded = engine.Code(EncounterJson.Read(body, ""));
        return ApiAnswer.Json(json => ResultJson.Write(coded, json), indented: true);
    }

    /// <summary>As <c>deltoid scrub --jsonl</c>: the catalogue, then a line for each claim.</summary>
    static async Task<IResult> Scrub(HttpContext context, Engine engine)
    {
        var body = ApiBody.Some(await ApiBody.Read(context, ApiBody.MostX12));
        var lines = new ArrayBufferWriter<byte>(64 * 1024);
        FindingsCatalogue.Write(Shipped.Edits, engine.Book, lines);
        if (ApiBody.IsX12(body)) await Within(context, stop => ScrubX12(body, engine, lines, stop));
        else ScrubJson(body, engine, lines);
        return ApiAnswer.Bytes(lines.WrittenMemory, "application/x-ndjson");
    }

    internal static void ScrubX12(byte[] body, Engine engine, ArrayBufferWriter<byte> lines, CancellationToken stop)
    {
        using var stream = new MemoryStream(body, writable: false);
        var run = new ScrubRun(new(stream), engine.Book, null, () => new FindingsLines(engine.Book),
            (text, _) => lines.Write(text.Span));
        run.Run(1, 0, stop);
        if (run.Totals.Read == 0)
            throw new InputException("", "there is no 837 of version 5010 in it", "send claims as 837P or 837I");
    }

    /// <summary>One claim, or a list; one of a list that does not read is a line with its error.</summary>
    internal static void ScrubJson(byte[] body, Engine engine, ArrayBufferWriter<byte> lines)
    {
        var parts = JsonParts.Of(body);
        var writer = new FindingsLines(engine.Book);
        for (var i = 0; i < parts.Count; i++)
        {
            var claim = new Claim();
            try
            {
                ClaimJson.Read(parts[i], claim);
            }
            catch (InputException e) when (parts.Count > 1)
            {
                var placed = new InputException($"/{i}{e.At}", e.Message, e.Try);
                using (var json = ResultJson.Writer(lines, indented: false)) ResultJson.WriteError("", placed, json);
                lines.Write("\n"u8);
                continue;
            }
            writer.Write(claim, engine.Scrub(claim, null), lines);
        }
    }

    /// <summary>As <c>deltoid read-note --json</c>: of a note as plain text, or as JSON.</summary>
    static async Task<IResult> ReadNote(HttpContext context, Engine engine)
    {
        var body = ApiBody.Some(await ApiBody.Read(context, ApiBody.MostJson));
        var note = NoteAsked.Read(body);
        return ApiAnswer.Json(json => Notes.NoteJson.Write(engine.ReadNote(note), json, null), indented: true);
    }

    /// <summary>As <c>deltoid price --json</c>.</summary>
    static async Task<IResult> Price(HttpContext context, Engine engine, TimeProvider clock)
    {
        var asked = PriceAsked.Read(await ApiBody.Read(context, ApiBody.MostJson), engine.Book,
            clock.Today());
        return ApiAnswer.Json(asked.Write, indented: true);
    }

    /// <summary>As <c>deltoid explain --json</c>.</summary>
    static IResult Explain(string id, [FromQuery] string? date, Engine engine)
    {
        if (id.Length > 80) return NothingNamed;
        if (date is not null && !Days.TryRead(date, out _))
            throw new InputException("date", "this is no day", "write it as 2026-03-02");
        var day = Days.TryRead(date, out var given) ? given : engine.Book.Release;
        if (Explained(id, day, engine) is { } page) return ApiAnswer.Bytes(page, ApiAnswer.JsonMedia);
        var near = new Explainer(engine.Book, Shipped.Edits, day, PageOf).Suggest(id);
        return near.Count > 0 ? NothingNamed with { Fix = $"Did you mean {string.Join(", ", near)}?" } : NothingNamed;
    }

    static ApiProblem NothingNamed => ApiProblem.NotFound with
    {
        Detail = "Nothing is called so.", Fix = "Ask for a code, a finding, a modifier, a denial or a drug.",
    };

    /// <summary>The page of what is named; null where nothing is called so.</summary>
    internal static ReadOnlyMemory<byte>? Explained(string id, DateOnly day, Engine engine)
    {
        var meanings = new Explainer(engine.Book, Shipped.Edits, day, PageOf).Of(id);
        if (meanings.Count == 0) return null;
        return ApiAnswer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, engine.Book.Version);
            json.WriteString("asked"u8, id);
            json.WriteStartArray("meanings"u8);
            foreach (var sheet in meanings) sheet.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }, indented: true).Body;
    }

    /// <summary>As <c>deltoid ask --json</c>.</summary>
    static async Task<IResult> Ask(HttpContext context, Engine engine, TimeProvider clock)
    {
        var asked = QuestionLine.Read(ApiBody.Some(await ApiBody.Read(context, ApiBody.MostJson)));
        var reply = Assistant.Answer(asked.Question, engine.Book, asked.On ?? clock.Today());
        return ApiAnswer.Json(json => ReplyJson.Write(json, reply, engine.Book, asked.Id), indented: true);
    }

    /// <summary>A finding has a page under its own name, or under that of the edit that makes it.</summary>
    static string PageOf(FindingInfo info) => Books.Pages.Text(info.Name) is { Length: > 0 } own ? own
        : Shipped.Edits.Find(info.Id) is { } edit ? Books.Pages.Text(edit.Info.Name) : "";

    /// <summary>As <c>deltoid remit --json</c>: an 835, a 999, TA1 or 277CA, or a denied claim as JSON.</summary>
    static async Task<IResult> Remit(HttpContext context, Engine engine, TimeProvider clock)
    {
        var body = ApiBody.Some(await ApiBody.Read(context, ApiBody.MostX12));
        if (!ApiBody.IsX12(body))
        {
            var resolved = new Resolver(engine.Book).Resolve(DeniedClaimJson.Read(body));
            return ApiAnswer.Json(json => ResolutionJson.Write(resolved, json), indented: true);
        }
        var today = clock.Today();
        IResult answer = null!;
        await Within(context, stop => answer = RemitX12(body, engine, today, stop));
        return answer;
    }

    internal static IResult RemitX12(byte[] body, Engine engine, DateOnly today, CancellationToken stop)
    {
        var input = new RemitInput("-", () => new MemoryStream(body, writable: false));
        var (sent, known) = (new SentClaims(), new Dictionary<string, PayerTerms>());
        var run = new RemitRun(engine.Book, sent, known, today);
        var file = run.Survey(input, isEarlier: false, stop);
        if (!file.Sets.Exists(static s => s.IsRead)) return Acknowledged(input, engine, sent, known, today, stop);
        run.Judge();
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        var json = new RemitJson(file, engine.Book, text, indented: true);
        json.Begin();
        run.Answer(file, input, 1, isJson: true, made =>
        {
            foreach (var (set, start, length) in made.Claims)
                json.Add(set, made.Text.WrittenSpan.Slice(start, length));
            json.Flush();
        }, stop);
        json.End();
        text.Write("\n"u8);
        return ApiAnswer.Bytes(text.WrittenMemory, ApiAnswer.JsonMedia);
    }

    static IResult Acknowledged(RemitInput input, Engine engine, SentClaims sent,
        Dictionary<string, PayerTerms> known, DateOnly today, CancellationToken stop)
    {
        using var stream = input.Open();
        var read = AnswerSource.Read(stream, new(engine.Book, sent, known, today), stop);
        if (read.Count == 0)
            throw new InputException("", "no 835, 999, TA1 or 277CA of version 5010 is in it",
                "send what the payer sent, as it came");
        return ApiAnswer.Json(json => RefusalJson.Write("-", read, engine.Book, json), indented: true);
    }

    /// <summary>Computes beside the server's own work, and not longer than a request may.</summary>
    static async Task Within(HttpContext context, Action<CancellationToken> act)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(Longest);
        try
        {
            await Task.Run(() => act(time.Token), time.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new InputException("", "this takes longer than a request may", "send it in smaller parts");
        }
    }
}
