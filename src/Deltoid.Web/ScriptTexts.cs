using System.Text.Json;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What the scripts of every screen say: a page in another language than English has it in its own.</summary>
static class ScriptTexts
{
    /// <summary>Each English text with its own; null on an English page.</summary>
    public static string? Said => Language == "en" ? null : JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["kept {0}"] = T("kept {0}"), ["kept on this device"] = T("kept on this device"),
        ["No network. What you type is kept on this device, encrypted. Saving waits for the network."] =
            T("No network. What you type is kept on this device, encrypted. Saving waits for the network."),
        ["No network. Your text is on this page: leave it open until the network is back."] =
            T("No network. Your text is on this page: leave it open until the network is back."),
        ["The server could not do this. Your text is on this page."] =
            T("The server could not do this. Your text is on this page."),
        ["You are signed out."] = T("You are signed out."),
        ["Sign in in another tab"] = T("Sign in in another tab"),
        [", then save here again."] = T(", then save here again."),
        ["Not saved yet: without the network nobody can be looked up. Write name and birth date."] =
            T("Not saved yet: without the network nobody can be looked up. Write name and birth date."),
        ["Not saved yet: the drug is missing."] = T("Not saved yet: the drug is missing."),
        ["Saved on this device, encrypted."] = T("Saved on this device, encrypted."),
        ["1 shot waits for the network."] = T("1 shot waits for the network."),
        ["{0} shots wait for the network."] = T("{0} shots wait for the network."),
        ["the server could not take it"] = T("the server could not take it"),
        ["The shot that waited is saved."] = T("The shot that waited is saved."),
        ["{0} shots that waited are saved."] = T("{0} shots that waited are saved."),
        ["Open it"] = T("Open it"),
        ["Save this shot first, then load the page again."] = T("Save this shot first, then load the page again."),
        ["1 shot that waited needs you: {0}."] = T("1 shot that waited needs you: {0}."),
        ["{0} shots that waited need you: {1}."] = T("{0} shots that waited need you: {1}."),
        ["You are signed out. What you typed is still here."] = T("You are signed out. What you typed is still here."),
        ["Sign in in another tab, then continue here."] = T("Sign in in another tab, then continue here."),
        ["No connection. What you typed is still here; try again."] =
            T("No connection. What you typed is still here; try again."),
        ["Something went wrong here, and nothing was changed. Try again."] =
            T("Something went wrong here, and nothing was changed. Try again."),
    });
}
