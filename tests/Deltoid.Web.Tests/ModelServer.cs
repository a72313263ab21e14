using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Deltoid.Web.Tests;

/// <summary>What a service of a language model may answer.</summary>
public enum ModelAnswer
{
    Says, Fenced, Prose, BrokenJson, Html, OtherShape, NoChoice, Deep, Huge, Endless, Silent, Fails, Redirects,
}

/// <summary>A service of chat completions on a port of this machine, which says what the test has it say.</summary>
sealed class ModelServer : IAsyncDisposable
{
    readonly WebApplication app;

    ModelServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.First() + "/v1";

    public ModelAnswer Answer { get; set; }

    /// <summary>What the model writes.</summary>
    public string Text { get; set; } = "[]";

    public string OtherHost { get; set; } = "";

    /// <summary>Each request: method, path, key and body.</summary>
    public List<(string Line, string Key, JsonNode? Body)> Asked { get; } = [];

    public static async Task<ModelServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = new ModelServer(builder.Build());
        server.app.Urls.Add("http://127.0.0.1:0");
        server.app.Run(server.Take);
        await server.app.StartAsync();
        return server;
    }

    async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Asked.Add(($"{context.Request.Method} {context.Request.Path}", context.Request.Headers.Authorization.ToString(),
            body.Length > 0 ? JsonNode.Parse(body) : null));
        var response = context.Response;
        try
        {
            switch (Answer)
            {
                case ModelAnswer.Fails:
                    response.StatusCode = 500;
                    return;
                case ModelAnswer.Redirects:
                    response.Redirect(OtherHost + "/chat/completions", permanent: false, preserveMethod: true);
                    return;
                case ModelAnswer.Silent:
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    return;
                case ModelAnswer.Endless:
                    while (true) await response.WriteAsync(new string(' ', 10_000), context.RequestAborted);
                default:
                    await response.WriteAsync(Written(), context.RequestAborted);
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // the other side has heard enough
        }
    }

    string Written() => Answer switch
    {
        ModelAnswer.Html => "<html>busy</html>",
        ModelAnswer.OtherShape => """{ "choices": { "message": "x" } }""",
        ModelAnswer.NoChoice => """{ "choices": [] }""",
        ModelAnswer.Deep => new string('[', 5_000),
        ModelAnswer.Huge => Chat(new string('x', 1 << 20)),
        ModelAnswer.Prose => Chat("Nothing was given."),
        ModelAnswer.BrokenJson => Chat("[{ \"path\": ]"),
        ModelAnswer.Fenced => Chat($"Here it is:\n```json\n{Text}\n```\n"),
        _ => Chat(Text),
    };

    static string Chat(string text) => $$"""
        { "id": "c1", "object": "chat.completion",
          "choices": [{ "index": 0, "message": { "role": "assistant", "content": {{JsonSerializer.Serialize(text)}} } }] }
        """;

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
