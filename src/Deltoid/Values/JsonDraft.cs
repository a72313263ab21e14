using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Deltoid.Values;

/// <summary>An object of JSON whose members are set one after another, in any order, each at most once.</summary>
internal sealed class JsonDraft
{
    readonly List<(string Name, byte[] Raw)> members = [];

    public bool IsEmpty => members.Count == 0;

    public bool Has(string name) => members.Exists(m => m.Name == name);

    /// <summary>A text; a blank one is left out.</summary>
    public void Text(string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) Raw(name, RawOf(text));
    }

    public void Flag(string name, bool flag) => Raw(name, flag ? "true"u8 : "false"u8);

    public void Count(string name, int count) =>
        Raw(name, Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Any value, as it is written; the first one of a name stays.</summary>
    public void Raw(string name, ReadOnlySpan<byte> raw)
    {
        if (!Has(name)) members.Add((name, raw.ToArray()));
    }

    /// <summary>An object; one without members is left out.</summary>
    public void Object(string name, JsonDraft part)
    {
        if (!part.IsEmpty) Raw(name, part.Bytes());
    }

    public void Texts(string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count > 0) Raw(name, ListOf(texts.Select(RawOf)));
    }

    public void Objects(string name, IReadOnlyCollection<JsonDraft> parts)
    {
        if (parts.Count > 0) Raw(name, ListOf(parts.Select(static p => p.Bytes())));
    }

    static byte[] RawOf(string text) =>
        [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes,
            (byte)'"'];

    static byte[] ListOf(IEnumerable<byte[]> items)
    {
        var list = new List<byte> { (byte)'[' };
        foreach (var item in items)
        {
            if (list.Count > 1) list.Add((byte)',');
            list.AddRange(item);
        }
        list.Add((byte)']');
        return [.. list];
    }

    public byte[] Bytes()
    {
        var all = new List<byte> { (byte)'{' };
        foreach (var (name, raw) in members)
        {
            if (all.Count > 1) all.Add((byte)',');
            all.AddRange(RawOf(name));
            all.Add((byte)':');
            all.AddRange(raw);
        }
        all.Add((byte)'}');
        return [.. all];
    }
}
