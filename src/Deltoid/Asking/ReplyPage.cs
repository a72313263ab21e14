using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>An answer for a person: the answer, what is asked, where it stands.</summary>
internal static class ReplyPage
{
    public static void Write(Reply reply, TextPage page)
    {
        page.Wrap("", reply.Text);
        if (reply.Asks.Count > 0) page.Line();
        foreach (var ask in reply.Asks) page.Wrap("  asked: ", $"{ask.Fact} ({ask.Why})");
        if (reply.Citations.Count > 0) page.Line();
        foreach (var cited in reply.Citations)
            page.Wrap("  source: ", $"{cited.Section}, {cited.Date.Iso()}{(cited.Rule.Length > 0 ? $" [{cited.Rule}]" : "")}");
    }
}
