namespace MsaAspire.Web.Language;

/// <summary>All texts of the storefront in one language. A language that lacks one does not compile.</summary>
public sealed record Texts
{
    /// <summary>The language as HTML and HTTP name it.</summary>
    public required string Tag { get; init; }

    public required string ShopName { get; init; }
    public required string Tagline { get; init; }
    public required string SkipToContent { get; init; }
    public required string MainMenu { get; init; }
    public required string Shelves { get; init; }
    public required string YourOrders { get; init; }
    public required string Cart { get; init; }
    public required string CartCount { get; init; }
    public required string SearchLabel { get; init; }
    public required string Search { get; init; }
    public required string Footer { get; init; }
    public required string NeedsScript { get; init; }

    public required string WelcomeTitle { get; init; }
    public required string WelcomeText { get; init; }
    public required string WelcomeLink { get; init; }
    public required string AllProducts { get; init; }
    public required Func<int, string> Count { get; init; }
    public required Func<string, string> ResultsFor { get; init; }
    public required Func<string, string> NothingFor { get; init; }
    public required string NothingFoundAdvice { get; init; }
    public required string ShowEverything { get; init; }
    public required string Pages { get; init; }
    public required Func<int, string> PageNumber { get; init; }
    public required string PreviousPage { get; init; }
    public required string NextPage { get; init; }

    public required string AddToCart { get; init; }
    public required Func<string, string> AddNamedToCart { get; init; }
    public required string Quantity { get; init; }
    public required string Price { get; init; }
    public required string InStock { get; init; }
    public required Func<int, string> OnlySoManyLeft { get; init; }
    public required string SoldOut { get; init; }
    public required string SoldOutAdvice { get; init; }
    public required string StockUnknown { get; init; }
    public required string Shipping { get; init; }

    public required string CartEmpty { get; init; }
    public required string GoShopping { get; init; }
    public required string Total { get; init; }
    public required string Product { get; init; }
    public required string ToCheckout { get; init; }
    public required string KeepShopping { get; init; }
    public required string Remove { get; init; }

    public required string Checkout { get; init; }
    public required string YourName { get; init; }
    public required string NameHint { get; init; }
    public required string Payment { get; init; }
    public required string PaymentHint { get; init; }
    public required IReadOnlyList<TestCard> Cards { get; init; }
    public required string PlaceOrder { get; init; }
    public required string Summary { get; init; }

    public required string Order { get; init; }
    public required Func<string, string> OrderNumber { get; init; }
    public required Func<string, string> ThankYou { get; init; }
    public required string Progress { get; init; }
    public required string Receipt { get; init; }
    public required string Live { get; init; }
    public required string ReloadToSee { get; init; }
    public required IReadOnlyDictionary<string, StatusText> Statuses { get; init; }
    public required Reasons Reasons { get; init; }

    public required string NoOrders { get; init; }
    public required string OrdersOfThisBrowser { get; init; }

    public required NoticeText UnknownPage { get; init; }
    public required NoticeText UnknownProduct { get; init; }
    public required NoticeText UnknownOrder { get; init; }
    public required NoticeText Unreachable { get; init; }
    public required NoticeText Failed { get; init; }
    public required string TryAgain { get; init; }

    /// <summary>The texts of the scripts, by the name they use; <c>{name}</c> is a placeholder.</summary>
    public required IReadOnlyDictionary<string, string> Script { get; init; }

    /// <summary>A moment of the day, in UTC; a script turns it into the reader's own time.</summary>
    public required Func<DateTimeOffset, string> Moment { get; init; }

    /// <summary>The language that a browser prefers among those the shop speaks, else English.</summary>
    public static Texts For(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant() switch
        {
            "ko" => Korean.Texts,
            "en" => English.Texts,
            _ => null,
        })
        .FirstOrDefault(texts => texts is not null) ?? English.Texts;
}

/// <summary>A card that always behaves in one way.</summary>
public sealed record TestCard(string Token, string Name, string Behaviour);

/// <summary>A status in a word, and what it means for the customer.</summary>
public sealed record StatusText(string Name, string Meaning);

/// <summary>A page that only states a problem and what to do next.</summary>
public sealed record NoticeText(string Title, string Advice);
