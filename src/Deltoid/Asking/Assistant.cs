using Deltoid.Codes;

namespace Deltoid.Asking;

/// <summary>
/// Answers a line: rows of intents.tsv are tried in their order against what the question says, and the first that can
/// answer does, from rules, book and engine. Nothing is known by heart; what nobody here knows is said. Any thread.
/// </summary>
internal static class Assistant
{
    /// <param name="today">The day for which is asked, where the question names none.</param>
    /// <param name="dropped">Gets each answer that is not given since it does not hold, with what no fact has. It is a
    /// mistake of ours.</param>
    public static Reply Answer(string question, CodeBook book, DateOnly today, Action<string>? dropped = null)
    {
        var asked = QuestionReader.Read(question, book, today);
        foreach (var row in IntentRows.Shipped.All)
        {
            if (!row.Holds(asked) || Answerers.Find(row.By) is not { } answers) continue;
            var draft = new ReplyDraft(asked);
            if (answers(asked, row, draft) is not { } kind) continue;
            if (kind == ReplyKind.Answer)
            {
                DrugAnswer.SayUnsaid(asked, draft);
                AlsoRows.Say(asked, draft);
            }
            foreach (var ask in row.Asks) draft.Ask(ask);
            var reply = draft.Done(kind, row.Id);
            if (IsWhole(reply)) return reply;
            dropped?.Invoke($"{row.Id}: '{Held.FirstLoose(reply.Text, reply.Facts)}' of \"{reply.Text}\"");
        }
        return Nothing(asked);
    }

    /// <summary>An answer holds its facts and names where it stands; any other is not given.</summary>
    static bool IsWhole(Reply reply) => reply.Kind == ReplyKind.Ask
        || (Held.FirstLoose(reply.Text, reply.Facts).Length == 0
            && (reply.Kind != ReplyKind.Answer || reply.Citations.Count > 0));

    static Reply Nothing(Inquiry asked) => new ReplyDraft(asked)
        .Say(Spanish.Lead(asked, "nothing", "I do not know. I looked for a code, drug, modifier, "
        + "denial, place or price in the question, and for a rule on its words, and found none that answers it. "
        + "I know how injections and infusions are coded, billed, charted and denied"))
            .Done(ReplyKind.Unknown, "nothing");
}
