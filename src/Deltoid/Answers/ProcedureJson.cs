using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Answers;

/// <summary>A service as a payer names it: in remittances and in claim statuses.</summary>
static class ProcedureJson
{
    static readonly FieldNames Fields = new(
        new JsonField("kind", T.Text, "The list it is of: HC for CPT and HCPCS, N4 for NDC."),
        new JsonField("code", T.Text, "The code."),
        new JsonField("ndc", T.Like("^[0-9]{11}$"), "The NDC, eleven digits, where it is one."),
        new JsonField("text", T.Text, "What it says, where it is no code."),
        new JsonField("modifiers", T.ListOf(T.Text), "Modifiers."),
        new JsonField("description", T.Text, "Description."));

    public static readonly T Type = T.Object("paidProcedure", Fields);

    public static Procedure Read(ref JsonInput json, Answer answer)
    {
        var procedure = default(Procedure);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(Fields, ref seen, out var name))
            switch (name)
            {
                case "kind": procedure.Kind = json.Code(); break;
                case "code": procedure.Code = json.Code(); break;
                case "ndc": procedure.Ndc = ReadNdc(ref json); break;
                case "text": procedure.Text = answer.Append(json.TextBytes()); break;
                case "modifiers": procedure.Modifiers = json.Modifiers("keep four"); break;
                case "description": procedure.Description = answer.Append(json.TextBytes()); break;
            }
        return procedure;
    }

    static Ndc ReadNdc(ref JsonInput json) =>
        Ndc.TryParse(json.Text(), out var ndc, out _)
            ? ndc
            : throw json.Wrong("this is not an NDC", "write eleven digits");

    public static void Write(Utf8JsonWriter writer, string name, in Procedure procedure, Answer answer)
    {
        if (procedure is { IsNone: true, Modifiers.IsEmpty: true, Description.IsEmpty: true }) return;
        writer.WriteStartObject(name);
        WriteCode(writer, "kind", procedure.Kind);
        WriteCode(writer, "code", procedure.Code);
        if (!procedure.Ndc.IsNone) writer.WriteString("ndc", procedure.Ndc.ToString());
        WriteText(writer, "text", answer[procedure.Text]);
        if (!procedure.Modifiers.IsEmpty)
        {
            writer.WriteStartArray("modifiers");
            for (var i = 0; i < procedure.Modifiers.Count; i++)
                writer.WriteStringValue(procedure.Modifiers[i].ToString());
            writer.WriteEndArray();
        }
        WriteText(writer, "description", answer[procedure.Description]);
        writer.WriteEndObject();
    }
}
