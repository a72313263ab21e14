namespace Deltoid.Asking;

/// <summary>Says what was not understood, where it decides the code for giving a drug.</summary>
internal static class Doubts
{
    /// <summary>Whether a doubt stands: then it is said, its fact is asked for, and no such code may be.</summary>
    public static bool Stand(Inquiry asked, ReplyDraft draft)
    {
        if (asked.Doubts.Count == 0) return false;
        var words = string.Join(", ", asked.Doubts.ConvertAll(static doubt => $"\"{doubt.Words}\""));
        draft.FromQuestion("not understood", words);
        draft.Say(Spanish.Sentence(asked, "doubt",
            $"I did not understand {words}, which may decide the code for giving it, so I name none", words));
        foreach (var (fact, _) in asked.Doubts) draft.AskAgain(fact);
        return true;
    }
}
