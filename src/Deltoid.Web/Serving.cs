using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>The application: what it is made of, and how it starts.</summary>
static class Serving
{
    /// <summary>Who has asked is answered within this when the program is stopped.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> Run(string[] args)
    {
        var options = ServeOptions.Of(args);
        if (options is { Rabbit: not null, Postgres: null })
        {
            await Console.Error.WriteLineAsync("deltoid serve: a broker hands out what lies in PostgreSQL; name the "
                + "database with --postgres");
            return 2;
        }
        if ((Listening.Fault(options.Listen, options.PlainHttp) ?? Listening.Taken(options.Listen)) is { } fault)
        {
            await Console.Error.WriteLineAsync("deltoid serve: " + fault);
            return 2;
        }
        if ((ProviderRoutes.Fault(options) ?? Models.NoteModel.Fault(options)) is { } wrong)
        {
            await Console.Error.WriteLineAsync("deltoid serve: " + wrong);
            return 2;
        }
        try
        {
            await (await Start(args)).WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0; // stopped while it started
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync($"deltoid serve: {e.At} {e.Message}; {e.Try}");
            return 5;
        }
        catch (Exception e) when (e is NewerStoreException or StoreInUseException or FieldKeyException
            or NoRowSecurityException)
        {
            await Console.Error.WriteLineAsync("deltoid serve: " + e.Message);
            return 5;
        }
    }

    /// <summary>Starts to serve.</summary>
    /// <exception cref="NewerStoreException">A later version has written the store.</exception>
    /// <exception cref="StoreInUseException">The store is being restored.</exception>
    /// <exception cref="NoRowSecurityException">The user of the database goes past its row security.</exception>
    /// <exception cref="FieldKeyException">Fields are sealed with a key that was not given.</exception>
    /// <param name="change">What a test puts in the place of a part.</param>
    public static async Task<WebApplication> Start(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var app = Build(args, change);
        var isEmpty = await Begin(app);
        await app.StartAsync();
        Tell(app, isEmpty);
        return app;
    }

    static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Deltoid.Web",
        });
        var options = ServeOptions.Of(args);
        builder.WebHost.UseUrls(options.Listen).ConfigureKestrel(static server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = LimitsCommand.LargestRequest;
        });
        LogLines.Use(builder.Logging, options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // docs/security.md says how keys lie
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None) // Failure says what there is to say
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton(options)
            .AddSingleton(options.Time)
            .AddSingleton(options.Keys()).AddSingleton(_ => StoreUse.Share(options.Folder));
        services.AddSingleton(_ => CodeBooks.Open(options.Books)).AddHostedService<BookWatch>();
        services.AddScoped(static s => s.GetRequiredService<CodeBooks>().Engine); // one book to a request
        services.AddStore(new() { Folder = options.Folder, Postgres = options.Postgres });
        services.AddSingleton<Assets>().AddSingleton<FirstRun>().AddSingleton<Presence>().AddSingleton<Readiness>();
        services.AddSingleton(new AuditAnchors(options.AnchorFolder)).AddHostedService<Anchoring>();
        services.AddSingleton<JobHost>().AddHostedService(static s => s.GetRequiredService<JobHost>());
        services.AddHostedService<OutcomeKeeping>().AddHostedService<EndingWatch>();
        services.AddSingleton<SampleState>().AddHostedService<SampleHistory>();
        services.Configure<HostOptions>(static o => o.ShutdownTimeout = Patience);
        Telemetry.Add(services, options, "deltoid");
        services.AddRazorComponents();
        services.AddAntiforgery(static o => o.Cookie.Name = "deltoid-form");
        services.AddLimits(options);
        services.AddSingleton<ApiLimits>();
        services.AddSingleton(new Models.NoteModel(options));
        services.AddSingleton<Smart.SmartServer>().AddScoped<Smart.SmartLaunches>();
        services.AddSingleton<WebhookHost>().AddHostedService(static s => s.GetRequiredService<WebhookHost>());
        services.AddSingleton<ClearinghouseHost>()
            .AddHostedService(static s => s.GetRequiredService<ClearinghouseHost>());
        Directory.CreateDirectory(options.Folder);
        services.AddDataProtection().SetApplicationName("deltoid")
            .PersistKeysToFileSystem(new(Path.Combine(options.Folder, "keys")));
        AddPeople(services);
        ProviderRoutes.Add(services, options);
        if (options.IsSecure) SecureCookies(services);
        services.AddAccess();
        services.AddTokens();
        change?.Invoke(builder);
        var app = builder.Build();
        Route(app, options);
        return app;
    }

    /// <summary>Every cookie comes by TLS only, from this host alone, and for all of it: its name says so.</summary>
    static void SecureCookies(IServiceCollection services)
    {
        services.PostConfigureAll<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(
            static o => Secure(o.Cookie));
        services.PostConfigure<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>(static o => Secure(o.Cookie));

        static void Secure(CookieBuilder cookie) => (cookie.Name, cookie.SecurePolicy, cookie.Path) =
            ("__Host-" + cookie.Name, CookieSecurePolicy.Always, "/");
    }

    static void AddPeople(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Person>(static o =>
            {
                o.Password.RequiredLength = 12;
                // length is what counts; rules on characters only make people write passwords down
                o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase =
                    o.Password.RequireNonAlphanumeric = false;
                // from wherever; Tries counts for each name and place, and does not keep the person out elsewhere
                o.Lockout.MaxFailedAccessAttempts = 100;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<PracticeDb>().AddUserStore<SealedTokens>()
            .AddSignInManager<Acting.SignIns>()
            .AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<CommonPasswords>()
            .AddClaimsPrincipalFactory<Acting.Factory>();
        services.Configure<PasswordHasherOptions>(static o => o.IterationCount = 600_000); // PBKDF2, HMAC-SHA512
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(static o =>
        {
            (o.LoginPath, o.AccessDeniedPath) = ("/sign-in", "/nothing");
            (o.Cookie.Name, o.Cookie.HttpOnly, o.Cookie.SameSite) = ("deltoid-session", true, SameSiteMode.Lax);
            (o.ExpireTimeSpan, o.SlidingExpiration) = (Sessions.Idle, true);
            o.Events.OnValidatePrincipal = Sessions.Validate;
            o.ReturnUrlParameter = "back";
            o.Events.OnRedirectToLogin = static to => SignInRoutes.Ask(to.HttpContext, to.RedirectUri);
        });
        // a session that was revoked ends with its next request, everywhere: also with one in the same second
        services.Configure<SecurityStampValidatorOptions>(static o => o.ValidationInterval = TimeSpan.FromSeconds(-1));
        // a passkey is two factors: the device, and what unlocks it
        services.Configure<IdentityPasskeyOptions>(static o =>
        {
            (o.UserVerificationRequirement, o.ResidentKeyRequirement) = ("required", "required");
            // the default compares the header Origin, which a form of a page without referrer leaves out
            o.ValidateOrigin = static asked => new(!asked.CrossOrigin
                && Uri.TryCreate(asked.Origin, UriKind.Absolute, out var from)
                && from.Authority == asked.HttpContext.Request.Host.Value
                && (from.Scheme == Uri.UriSchemeHttps || from.IsLoopback));
        });
        services.AddSingleton<UsedCodes>().AddSingleton<Tries>();
    }

    /// <summary>What each answer says of what its page may do.</summary>
    static void Restrict(WebApplication app, ServeOptions options)
    {
        app.UseWhen(static asked => !IsReader(asked) && !ApiPage.Is(asked),
            app => app.UseSecurityHeaders(Headers(options, static csp => TrustOnlyAnswers(csp, "default"))));
        app.UseWhen(IsReader, app => app.UseSecurityHeaders(Headers(options, static csp =>
        {
            csp.AddScriptSrc().Self().WasmUnsafeEval();
            TrustOnlyAnswers(csp);
        })));
        app.UseWhen(ApiPage.Is, app => app.UseSecurityHeaders(Headers(options, ApiPage.Allow)));
    }

    static void Route(WebApplication app, ServeOptions options)
    {
        // the proxy has taken TLS off
        if (options.PlainHttp)
            app.Use(static (context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next();
            });
        Restrict(app, options);
        app.UseExceptionHandler(static failed => failed.Run(Failure.Answer));
        app.UseStatusCodePages(Failure.Explain);
        app.Use(app.Services.GetRequiredService<Assets>().Answer);
        app.UseStaticFiles();
        app.UseRouting();
        app.Use(Telemetry.Watch);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseWhen(ApiProblem.IsFor, static app =>
            app.Use(app.ApplicationServices.GetRequiredService<ApiLimits>().Take));
        app.Use(Texts.Choose);
        app.UseAuthorization();
        app.Use(Acting.Open);
        app.UseAntiforgery();
        app.Use(WholeForms.Check);
        ReadyRoutes.Map(app);
        SignInRoutes.Map(app);
        ChartRoutes.Map(app);
        NoteRoutes.Map(app);
        StockRoutes.Map(app);
        WorkRoutes.Map(app);
        ClaimRoutes.Map(app);
        ClaimActRoutes.Map(app);
        FileRoutes.Map(app);
        RemitRoutes.Map(app);
        DenialRoutes.Map(app);
        PatientMoneyRoutes.Map(app);
        AlikeRoutes.Map(app);
        ManagerRoutes.Map(app);
        BooksRoutes.Map(app);
        RulesRoutes.Map(app);
        AuditRoutes.Map(app);
        OverpaymentRoutes.Map(app);
        LessonRoutes.Map(app);
        PolicyRoutes.Map(app);
        AccessReviewRoutes.Map(app);
        StaffRoutes.Map(app);
        EvidenceRoutes.Map(app);
        CareRoutes.Map(app);
        CarePaperRoutes.Map(app);
        LookupRoutes.Map(app);
        AskRoutes.Map(app);
        SettingsRoutes.Map(app);
        PayerRoutes.Map(app);
        FactRoutes.Map(app);
        ImportRoutes.Map(app);
        StartRoutes.Map(app);
        PeopleRoutes.Map(app);
        TrailRoutes.Map(app);
        AccountRoutes.Map(app);
        SecondFactorRoutes.Map(app);
        ProviderRoutes.Map(app, options);
        ProgramRoutes.Map(app);
        WebhookRoutes.Map(app);
        ClearinghouseRoutes.Map(app);
        ApiRoutes.Map(app);
        Cds.CdsRoutes.Map(app);
        app.MapGet("/{**path}", static () => TypedResults.NotFound()).ForEverybody(); // after all others
    }

    /// <summary>The worker that reads codes in pictures: no page has its policy.</summary>
    static bool IsReader(HttpContext asked) => asked.Request.Path == "/scan-worker.js";

    /// <summary>
    /// No text becomes a part of the page, or a script, but by <c>trust.js</c>: its policies are <c>deltoid</c> and the
    /// default one, which htmx comes by.
    /// </summary>
    static void TrustOnlyAnswers(CspBuilder csp, params ReadOnlySpan<string> more)
    {
        csp.AddRequireTrustedTypesFor().Script();
        var allowed = csp.AddTrustedTypes().AllowPolicy("deltoid");
        foreach (var name in more) allowed.AllowPolicy(name);
    }

    /// <summary>Nothing inline, nothing from elsewhere, no frame.</summary>
    /// <param name="allow">What one address needs besides.</param>
    static HeaderPolicyCollection Headers(ServeOptions options, Action<CspBuilder> allow)
    {
        var headers = new HeaderPolicyCollection().AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().Self();
                allow(csp);
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFrameAncestors().None();
                csp.AddFormAction().Self();
            })
            .AddContentTypeOptionsNoSniff().AddReferrerPolicyNoReferrer().AddFrameOptionsDeny()
            .AddCrossOriginOpenerPolicy(static p => p.SameOrigin());
        // also where the host is an address of this machine, which the package's own leaves out
        return options.IsSecure
            ? headers.AddCustomHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains") : headers;
    }

    /// <summary>Brings the store up to date, and fills a sample.</summary>
    /// <returns>Whether nobody has an account.</returns>
    static async Task<bool> Begin(WebApplication app)
    {
        var options = app.Services.GetRequiredService<ServeOptions>();
        app.Services.GetRequiredService<StoreUse>();
        var ready = Task.Run(() => MakeReady(app.Services));
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var isSampleNew = options.Sample && await StoreSetup.IsNew(db);
        var hash = isSampleNew ? Task.Run(() => Sample.Hash(app.Services)) : null;
        if (db is PostgresDb postgres && !options.WithoutRowSecurity && !await postgres.HasRowSecurity())
            throw new NoRowSecurityException();
        await StoreSetup.Migrate(db);
        await SealedTokens.BringUp(db, app.Services.GetRequiredService<FieldKeys>());
        await ready;
        if (await db.Practices.AnyAsync()) return false;
        if (!options.Sample) return true;
        await Sample.Fill(db, hash ?? Task.Run(() => Sample.Hash(app.Services)), DateOnly.FromDateTime(
            app.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime));
        app.Services.GetRequiredService<SampleState>().IsWanted = options.History;
        return false;
    }

    /// <summary>What the first person asks for, on another core than the store: the book, and the keys of forms.</summary>
    static void MakeReady(IServiceProvider services)
    {
        services.GetRequiredService<CodeBooks>();
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("ready").Protect([]);
    }

    static void Tell(WebApplication app, bool isEmpty)
    {
        var at = app.Urls.First();
        Console.WriteLine($"Deltoid is at {at}");
        if (isEmpty)
            Console.WriteLine($"Nobody has an account yet. Set up the practice at "
                + $"{at}/setup?key={app.Services.GetRequiredService<FirstRun>().Key}");
        if (app.Services.GetRequiredService<ServeOptions>().Sample)
            Console.WriteLine($"A sample practice: sign in as {Sample.Biller}, {Sample.Assistant} or {Sample.Owner} "
                + $"with the password: {Sample.Password}");
    }
}
