using Deltoid.Claims;
using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Adjudication;

/// <summary>
/// Reads appeals for a practice payer: <c>{ "claim", "payerControl", "kind", "corrected" }</c>, one or a list.
/// </summary>
internal static class AppealJson
{
    static readonly string[] Kinds = ["appeal", "reopening", "send-records"];

    static readonly FieldNames Fields = new(
        new JsonField("claim", T.Text, "The claim's number, as it was sent."),
        new JsonField("payerControl", T.Text, "The payer's number for the answer that is meant."),
        new JsonField("kind", T.Text, "appeal, reopening or send-records.", "\"appeal\"", "appeal"),
        new JsonField("corrected", T.Open, "The claim as it should have been, of a reopening: claim JSON."));

    /// <exception cref="InputException">It does not read. No other exception comes out.</exception>
    public static List<AppealRequest> Read(ReadOnlyMemory<byte> utf8)
    {
        utf8 = JsonInput.WithoutMark(utf8);
        var json = new JsonInput(utf8.Span);
        var appeals = new List<AppealRequest>();
        if (json.Kind == System.Text.Json.JsonTokenType.StartArray)
            for (json.EnterArray(); json.NextItem();) appeals.Add(ReadOne(ref json, utf8));
        else appeals.Add(ReadOne(ref json, utf8));
        json.Close();
        return appeals;
    }

    static AppealRequest ReadOne(ref JsonInput json, ReadOnlyMemory<byte> utf8)
    {
        var (claim, control, kind, corrected, seen) = ("", "", Kinds[0], (Claim?)null, 0UL);
        json.EnterObject();
        while (json.NextField(Fields, ref seen, out var name))
            switch (name)
            {
                case "claim": claim = json.Text(); break;
                case "payerControl": control = json.Text(); break;
                case "kind":
                    kind = json.Text();
                    if (!Kinds.Contains(kind))
                        throw json.Wrong("this is not a kind of appeal", $"write {string.Join(", ", Kinds)}");
                    break;
                default:
                    var start = json.Start;
                    json.Skip();
                    ClaimJson.Read(utf8[start..json.End], corrected = new Claim());
                    break;
            }
        return claim.Length + control.Length > 0
            ? new(claim, control, kind, corrected)
            : throw json.Missing("claim", "name the claim, or the payer's number for it");
    }
}
