using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>One value of a document, or none: asking none for anything gives none.</summary>
internal readonly record struct FhirNode(FhirTree Tree, int Index)
{
    public bool IsNone => Tree is null || Index < 0;

    public JsonTokenType Kind => IsNone ? JsonTokenType.None : Tree[Index].Kind;

    public FhirNode this[ReadOnlySpan<byte> name] => IsNone ? this : new(Tree, Tree.Find(Index, name));

    /// <summary>The members of an object, or the items of a list.</summary>
    public IEnumerable<FhirNode> Children
    {
        get
        {
            if (Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) yield break;
            for (var i = Index + 1; i < Tree[Index].After; i = Tree[i].After) yield return new(Tree, i);
        }
    }

    /// <summary>The items of a list; none where it is no list.</summary>
    public IEnumerable<FhirNode> Items => Kind == JsonTokenType.StartArray ? Children : [];

    public string Name => IsNone ? "" : Encoding.UTF8.GetString(Tree.NameBytes(Index));

    public bool IsNamed(ReadOnlySpan<byte> name) => !IsNone && Tree.NameBytes(Index).SequenceEqual(name);

    /// <summary>A text, number or flag as it is written; empty where there is none. It counts as read.</summary>
    public string Text()
    {
        if (Kind is not (JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False))
            return "";
        Tree.MarkRead(Index);
        return Peek();
    }

    /// <summary>As <see cref="Text"/>, and it does not count as read.</summary>
    public string Peek()
    {
        if (Kind is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            return Encoding.UTF8.GetString(Tree.RawOf(Index));
        if (Kind != JsonTokenType.String) return "";
        var reader = new Utf8JsonReader(Tree.RawOf(Index));
        reader.Read();
        return reader.GetString()!;
    }

    public bool Is(string text) => Kind == JsonTokenType.String && Peek() == text;

    /// <summary>The bytes of the value, as they came.</summary>
    public ReadOnlySpan<byte> Raw => IsNone ? [] : Tree.RawOf(Index);

    /// <summary>Everything in it counts as read.</summary>
    public FhirNode Done()
    {
        if (!IsNone) Tree.MarkAll(Index);
        return this;
    }

    /// <summary>The type of a resource, as FHIR names types; empty where it is none.</summary>
    public string Type
    {
        get
        {
            var type = this["resourceType"u8].Peek();
            return Known(type) ? type : "";
        }
    }

    /// <summary>Where it is, as FHIRPath. A name that no element of FHIR can have is not repeated.</summary>
    public string Path
    {
        get
        {
            if (IsNone || Index < 0) return "";
            var parts = new List<string>();
            for (var i = Index; i >= 0; i = Tree[i].Parent)
            {
                var value = Tree[i];
                if (value.Ordinal >= 0)
                    parts.Add(string.Create(CultureInfo.InvariantCulture, $"[{value.Ordinal}]"));
                else if (value.Parent >= 0)
                    parts.Add("." + (Known(new FhirNode(Tree, i).Name) ? new FhirNode(Tree, i).Name : "?"));
            }
            parts.Reverse();
            var root = new FhirNode(Tree, 0).Type;
            return (root.Length > 0 ? root : "$this") + string.Concat(parts);
        }
    }

    /// <summary>Letters and digits, as all names in FHIR are; anything else may be a value of somebody's.</summary>
    static bool Known(string name) => name.Length is > 0 and <= 40
        && name.TrimStart('_').All(char.IsAsciiLetterOrDigit) && name.Any(char.IsAsciiLetterLower);

    /// <summary>The extension of ours with this name.</summary>
    public FhirNode Extension(string name)
    {
        foreach (var extension in this["extension"u8].Items)
            if (extension["url"u8].Is(FhirSystems.Own + name)) return extension;
        return new(Tree, -1);
    }
}
