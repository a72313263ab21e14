using System.Globalization;
using Deltoid.Values;

namespace Deltoid.X12.Inquiries;

/// <summary>How a field is read from elements of a segment and written to them.</summary>
enum InquiryFieldKind : byte { Text, Day, Dollars, Number, List, Parts, Days, Birth, Object, Objects }

/// <summary>A field of JSON and the elements (of a composite: the components) that it means.</summary>
/// <param name="Places">The elements; of <c>days</c> and <c>birth</c> the format and the value.</param>
/// <param name="Inner">Of a composite, the fields of its components.</param>
sealed record InquiryField(string Name, InquiryFieldKind Kind, int[] Places, string Says, InquiryField[] Inner)
{
    /// <summary>How it is written in JSON.</summary>
    public JsonType Type => Kind switch
    {
        InquiryFieldKind.Day or InquiryFieldKind.Days or InquiryFieldKind.Birth => JsonType.Day,
        // a text is what came and is no number
        InquiryFieldKind.Dollars => JsonType.Either(JsonType.Money, JsonType.Text),
        InquiryFieldKind.Number => JsonType.Either(JsonType.Quantity, JsonType.Text),
        InquiryFieldKind.List or InquiryFieldKind.Parts => JsonType.ListOf(JsonType.Text),
        InquiryFieldKind.Object => JsonType.Object(TypeName, Names),
        InquiryFieldKind.Objects => JsonType.ListOf(JsonType.Object(TypeName, Names)),
        _ => JsonType.Text,
    };

    /// <summary>The name of the composite's object in a schema.</summary>
    string TypeName =>
        Inner is [{ Name: "category" }, ..] ? "statusCode" : Inner.Length == 2 ? "diagnosis" : "procedure";

    /// <summary>The fields of a composite.</summary>
    public FieldNames Names { get; } = new([.. Inner.SelectMany(static f => f.Json)]);

    /// <summary>As fields of the object around it: days have two.</summary>
    public IEnumerable<JsonField> Json =>
        Kind == InquiryFieldKind.Days
            ? [new(Name, Type, Says), new("thru", Type, "The last day.", "", "one day only")]
            : [new(Name, Type, Says)];

    /// <summary>Reads the places of a row: <c>3</c>, <c>3..6</c>, <c>1+2</c>, <c>1,10,11</c>.</summary>
    public static int[] PlacesOf(string text)
    {
        if (text.IndexOf("..", StringComparison.Ordinal) is > 0 and var dots)
        {
            var (from, thru) = (Whole(text.AsSpan(0, dots)), Whole(text.AsSpan(dots + 2)));
            return [.. Enumerable.Range(from, thru - from + 1)];
        }
        return [.. text.Split('+', ',').Select(static part => Whole(part))];
    }

    static int Whole(ReadOnlySpan<char> text) => int.Parse(text, CultureInfo.InvariantCulture);
}
