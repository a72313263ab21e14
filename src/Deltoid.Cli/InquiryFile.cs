using System.Text.Json;
using Deltoid.Values;
using Deltoid.X12.Inquiries;

namespace Deltoid.Cli;

/// <summary>
/// Reads questions to payers and their answers as <c>read</c> writes them: <c>{ "eligibilityInquiry": … }</c> and the
/// like, one, a list, or on lines.
/// </summary>
static class InquiryFile
{
    const int Deepest = 64;

    /// <exception cref="InputException">It does not read; the field is named.</exception>
    public static List<Inquiry> Read(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        var text = all.GetBuffer().AsMemory(0, (int)all.Length);
        return Read(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text);
    }

    static List<Inquiry> Read(ReadOnlyMemory<byte> text)
    {
        var found = new List<Inquiry>();
        var json = new Utf8JsonReader(text.Span, new() { MaxDepth = Deepest, AllowMultipleValues = true });
        try
        {
            while (json.Read())
            {
                if (json.TokenType is not JsonTokenType.PropertyName) continue;
                var name = json.GetString()!;
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                found.Add(Read(name, text[start..(int)json.BytesConsumed]));
            }
        }
        catch (JsonException e)
        {
            throw new InputException("", $"at line {e.LineNumber + 1}: this is not JSON",
                "look for a missing quote, comma or bracket just before");
        }
        return found;
    }

    static Inquiry Read(string name, ReadOnlyMemory<byte> value)
    {
        if (InquirySets.Named(name) is not { } set)
            throw new InputException("", "one of its fields belongs neither to a question nor to an answer",
                "give the output of 'deltoid read FILE --json'");
        var inquiry = new Inquiry();
        try { InquiryJson.Read(value, set.Guide, inquiry); }
        catch (InputException e) { throw new InputException($"/{name}{e.At}", e.Message, e.Try, [.. e.Also]); }
        return inquiry;
    }
}
