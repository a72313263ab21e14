using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>A question of a file, with the day it is asked for; null is today.</summary>
internal sealed record QuestionLine(string? Id, string Question, DateOnly? On)
{
    static readonly FieldNames Fields = new("id", "question", "on");

    /// <exception cref="InputException">It is no question: the field is in At, a remedy in Try.</exception>
    public static QuestionLine Read(ReadOnlyMemory<byte> utf8)
    {
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        var (id, question, on) = ((string?)null, "", (DateOnly?)null);
        ulong seen = 0;
        json.EnterObject("""{ "question": "toradol 30 mg units" }""");
        while (json.NextField(Fields, ref seen, out var name))
            switch (name)
            {
                case "id": id = json.Text(); break;
                case "question": question = json.Text(); break;
                case "on": on = json.Date(); break;
            }
        json.Close();
        if (string.IsNullOrWhiteSpace(question))
            throw new InputException("/question", "there is no question", """write { "question": "toradol 30 mg units" }""");
        return new(id, question, on);
    }
}
