using System.Text;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Store;
using Deltoid.Values;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Deltoid.Web.Mcp;

/// <summary>
/// <c>deltoid mcp</c>: the engine as tools of an assistant, over standard input and output, or over http. It reads no
/// store, keeps nothing, and writes its log to standard error.
/// </summary>
static class McpServing
{
    /// <summary>So long one call may compute, and so large its arguments may be.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    const int MostArguments = 4 << 20;

    public static async Task<int> Run(string[] args)
    {
        var (http, book, fault) = Read(args);
        if (fault is not null)
        {
            await Console.Error.WriteLineAsync("deltoid mcp: " + fault);
            return 2;
        }
        Engine engine;
        try { engine = new(Open(book)); }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("deltoid mcp: the code book cannot be opened");
            return 5;
        }
        return http is null ? await OverPipes(engine) : await OverHttp(engine, http);
    }

    static (string? Http, string? Book, string? Fault) Read(string[] args)
    {
        string? http = null, book = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return (null, null, $"{args[i]} needs a value");
            if (args[i] == "--http") http = args[i + 1];
            else if (args[i] == "--book") book = args[i + 1];
            else return (null, null, $"{args[i]} is no option; options are --http URL and --book BOOK");
        }
        return (http, book, http is null ? null : Listening.Fault(http, isPlainAllowed: false));
    }

    static CodeBook Open(string? name) =>
        name is null or BookName.Starter ? StarterBook.Open() : BookName.Open(name);

    static async Task<int> OverPipes(Engine engine)
    {
        using var log = LoggerFactory.Create(static builder => builder.SetMinimumLevel(LogLevel.Warning)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        var options = new McpServerOptions();
        Describe(options, engine, TimeProvider.System);
        var lines = new McpLines(Console.OpenStandardInput());
        await using var transport = new StreamServerTransport(lines.Taken, Console.OpenStandardOutput(), "deltoid",
            log);
        await using var server = McpServer.Create(transport, options, log);
        _ = lines.Take(transport, stop.Token);
        try { await server.RunAsync(stop.Token); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        return 0;
    }

    static async Task<int> OverHttp(Engine engine, string url)
    {
        await using var app = await Start(engine, url);
        foreach (var address in app.Urls) await Console.Error.WriteLineAsync($"Deltoid's tools are at {address}/mcp");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Starts to serve the tools over http.</summary>
    public static async Task<WebApplication> Start(Engine engine, string url)
    {
        var builder =
            WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(url).ConfigureKestrel(static server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MostArguments + (1 << 16);
        });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddMcpServer(options => Describe(options, engine, TimeProvider.System))
            .WithHttpTransport(static transport => transport.Stateless = true);
        var app = builder.Build();
        app.Use(OnlyThisMachine);
        app.MapMcp("/mcp");
        await app.StartAsync();
        return app;
    }

    /// <summary>
    /// A page of another site may reach this machine's ports through a browser: such a request names its site as origin
    /// or host, and is refused.
    /// </summary>
    static Task OnlyThisMachine(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var isOwn = origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.IsLoopback);
        if (isOwn && (context.Connection.LocalIpAddress is not { } here || !System.Net.IPAddress.IsLoopback(here)
            || context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>What the server says of itself, and its two requests.</summary>
    internal static void Describe(McpServerOptions options, Engine engine, TimeProvider clock)
    {
        options.ServerInfo = new() { Name = "deltoid", Version = "1" };
        options.ServerInstructions = "Facts on billing injections, with sources. Say codes, units and prices only as the tools "
            + "give them. Never choose a code, modifier, diagnosis or time because it is paid.";
        options.Handlers.ListToolsHandler = static (_, _) =>
            ValueTask.FromResult(new ListToolsResult { Tools = [.. Listed] });
        options.Handlers.CallToolHandler = (request, stop) =>
            Call(request.Params?.Name ?? "", request.Params?.Arguments,
            engine, clock.Today(), stop);
    }

    static IEnumerable<Tool> Listed => McpTools.All.Select(static tool => new Tool
    {
        Name = tool.Name, Description = tool.Description, InputSchema = tool.Schema,
        Annotations =
            new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    });

    static async ValueTask<CallToolResult> Call(string name, IDictionary<string, JsonElement>? arguments, Engine engine,
        DateOnly today, CancellationToken stop)
    {
        if (McpTools.All.FirstOrDefault(tool => tool.Name == name) is not { } tool)
            return Failed($"There is no such tool. Tools are {string.Join(", ", McpTools.All.Select(static t => t.Name))}.");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(Longest);
        try
        {
            var body = Written(arguments);
            if (body.Length > MostArguments) return Failed("The arguments are larger than 4 MB. Send smaller parts.");
            var answer = await Task.Run(() => tool.Answer(body, engine, today, time.Token), time.Token);
            return new() { Content = [new TextContentBlock { Text = Encoding.UTF8.GetString(answer.Span) }] };
        }
        catch (InputException e)
        {
            return Failed($"{(e.At.Length > 0 ? $"At {e.At}: " : "")}{e.Message}.{(e.Try.Length > 0 ? $" Try: {e.Try}." : "")}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Failed("This takes longer than a call may. Send smaller parts.");
        }
    }

    static byte[] Written(IDictionary<string, JsonElement>? arguments)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return text.ToArray();
    }

    static CallToolResult Failed(string why) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = why }] };
}
