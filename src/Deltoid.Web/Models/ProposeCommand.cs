using System.Text;

namespace Deltoid.Web.Models;

/// <summary>
/// <c>Deltoid.Web propose</c>: a note on standard input, evidence entries on standard output. It is the program that
/// <c>deltoid read-note --model</c> starts, so that the command line itself does not carry a model's client.
/// </summary>
static class ProposeCommand
{
    const int LargestNote = 1 << 20;

    public static async Task<int> Run(string[] args, Stream input, Stream output, TextWriter error,
        CancellationToken stop = default)
    {
        var options = ServeOptions.Of(args);
        if (options.ModelUrl is null)
            return await Failed(error, "no model is set: name its address in the variable DELTOID_ModelUrl", 2);
        if (NoteModel.Fault(options) is { } fault) return await Failed(error, fault, 2);
        using var text = new MemoryStream();
        await input.CopyToAsync(text, stop);
        if (text.Length > LargestNote) return await Failed(error, "the note is larger than 1 MB", 2);
        using var model = new NoteModel(options);
        await error.WriteLineAsync($"deltoid: the note is sent to {model.Host}, model {options.ModelName}");
        try
        {
            await output.WriteAsync(await model.Propose(new UTF8Encoding(false).GetString(text.ToArray()), stop), stop);
            return 0;
        }
        catch (ModelException e)
        {
            return await Failed(error, "the model gave no answer that can be used: " + e.Message, 5);
        }
    }

    static async Task<int> Failed(TextWriter error, string why, int exit)
    {
        await error.WriteLineAsync("deltoid: " + why);
        return exit;
    }
}
