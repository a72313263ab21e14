using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>A claim of a file, or why it does not read.</summary>
/// <param name="OfVisit">It is the claim of a result of <c>code --json</c>: its parties were written in the encounter's
/// <c>billing</c>.</param>
sealed record FiledClaim(Claim? Claim, InputException? Error, bool OfVisit = false)
{
    public void Deconstruct(out Claim? claim, out InputException? error) => (claim, error) = (Claim, Error);
}

/// <summary>Reads claims from a file in any form that is known: claim JSON (one or a list) or claim notation.</summary>
static class ClaimFile
{
    /// <summary>The claims of a file that is not X12.</summary>
    /// <exception cref="InputException">Nothing of the file can be read, or it is none of a claim.</exception>
    public static List<FiledClaim> Read(string file, Stream stream, string command)
    {
        var start = new byte[Looked];
        var seen = start.AsMemory(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        if (InputKind.Of(seen.Span) is { } kind && kind != InputKind.Claim) throw kind.WrongFor(file, command);
        return Read(seen.Length < start.Length ? seen : Whole(seen.Span, stream));
    }

    /// <summary>All of a stream; a text that is too long to be claims is not read to its end.</summary>
    static ReadOnlyMemory<byte> Whole(ReadOnlySpan<byte> seen, Stream stream)
    {
        var isJson = seen.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        using var all = new MemoryStream();
        all.Write(seen);
        var next = new byte[Looked];
        for (int count; (count = stream.Read(next)) > 0;)
        {
            all.Write(next, 0, count);
            if (!isJson && all.Length > LongestNotation) throw TooLong();
            if (all.Length > LongestList)
                throw new InputException("", "the file is larger than 1 GB", "split it, or give an 837");
        }
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    /// <summary>The claims of a file in order; in the place of one that cannot be read is its error.</summary>
    /// <exception cref="InputException">Nothing of the file can be read.</exception>
    public static List<FiledClaim> Read(ReadOnlyMemory<byte> utf8)
    {
        var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        var first = text.Span.TrimStart(" \t\r\n"u8);
        if (first.IsEmpty)
            throw new InputException("", "it is empty", "give an 837 file, claim JSON or claim notation");
        return first[0] switch
        {
            (byte)'[' => ReadList(text),
            (byte)'{' => [ReadOne(text)],
            _ => [new(ReadNotation(text), null)],
        };
    }

    static FiledClaim ReadOne(ReadOnlyMemory<byte> utf8)
    {
        var claim = new Claim();
        var inner = Inner(utf8);
        ClaimJson.Read(inner, claim);
        return new(claim, null, OfVisit: inner.Length < utf8.Length);
    }

    /// <summary>The claim within a result of <c>code --json</c>; any other object is a claim itself.</summary>
    static ReadOnlyMemory<byte> Inner(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            reader.Read();
            var isResult = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                isResult |= reader.ValueTextEquals("deltoid"u8);
                if (reader.ValueTextEquals("error"u8)) throw NotRead();
                var isClaim = isResult && reader.ValueTextEquals("claim"u8);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isClaim) return utf8.Slice(start, (int)reader.BytesConsumed - start);
            }
        }
        catch (JsonException)
        {
            // the claim's own reader says what is wrong and where
        }
        return utf8;
    }

    /// <summary>What <c>read</c> writes in the place of a claim that it could not read whole.</summary>
    static InputException NotRead() =>
        new("/error", "this is not a claim but says why one was not read whole",
            "mend the file that it was read from, or give what is under claim alone");

    const int Looked = 64 * 1024, LongestNotation = 4 << 20, LongestList = 1 << 30;

    /// <summary>The notation of one claim, of which 9,999 lines are less than a megabyte.</summary>
    static Claim ReadNotation(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > LongestNotation) throw TooLong();
        if (!System.Text.Unicode.Utf8.IsValid(utf8.Span))
            throw new InputException("", "the text is not UTF-8", "save it as UTF-8");
        var claim = new Claim();
        ClaimNotation.Read(Encoding.UTF8.GetString(utf8.Span), claim);
        return claim;
    }

    static InputException TooLong() =>
        new("", "this is longer than a claim in notation can be (4 MB)",
            "give an 837 file, claim JSON or claim notation");

    static List<FiledClaim> ReadList(ReadOnlyMemory<byte> utf8)
    {
        var claims = new List<FiledClaim>();
        foreach (var (start, length) in Items(utf8.Span))
        {
            try { claims.Add(ReadOne(utf8.Slice(start, length))); }
            catch (InputException e)
            {
                claims.Add(new(null, new InputException($"/{claims.Count}{e.At}", e.Message, e.Try)));
            }
        }
        return claims;
    }

    /// <summary>Where each item of a list stands.</summary>
    static List<(int Start, int Length)> Items(ReadOnlySpan<byte> utf8)
    {
        var items = new List<(int, int)>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add((start, (int)reader.BytesConsumed - start));
            }
            if (reader.Read())
                throw new InputException("", "something follows the list", "keep one JSON value in a file");
            return items;
        }
        catch (JsonException e)
        {
            throw new InputException($"/{items.Count}", $"at line {e.LineNumber + 1}: this is not JSON",
                "look for a missing quote, comma or bracket just before");
        }
    }
}
