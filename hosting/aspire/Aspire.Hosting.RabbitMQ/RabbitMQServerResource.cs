namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ broker, run as a container.</summary>
public class RabbitMQServerResource : ContainerResource, IResourceWithConnectionString, IResourceWithEnvironment
{
    internal const string PrimaryEndpointName = "tcp";
    internal const string ManagementEndpointName = "management";
    private const string DefaultUserName = "guest";

    /// <param name="name">The resource's name; also the connection string's name for those that reference it.</param>
    /// <param name="userName">The user's name; <c>guest</c> when null.</param>
    /// <param name="password">The user's password.</param>
    public RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password) : base(name)
    {
        ArgumentNullException.ThrowIfNull(password);
        PrimaryEndpoint = new(this, PrimaryEndpointName);
        ManagementEndpoint = new(this, ManagementEndpointName);
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    /// <summary>The AMQP endpoint.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The endpoint of the management plugin; exists after <see cref="RabbitMQBuilderExtensions.WithManagementPlugin(IResourceBuilder{RabbitMQServerResource})"/>.</summary>
    public EndpointReference ManagementEndpoint { get; }

    /// <summary>The parameter that holds the user's name; null stands for <c>guest</c>.</summary>
    public ParameterResource? UserNameParameter { get; }

    /// <summary>The parameter that holds the user's password.</summary>
    public ParameterResource PasswordParameter { get; }

    /// <summary>The user's name, whether given by a parameter or not.</summary>
    public ReferenceExpression UserNameReference =>
        UserNameParameter is { } parameter ? ReferenceExpression.Create($"{parameter}") : ReferenceExpression.Create($"{DefaultUserName}");

    /// <summary>The host part of the address.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port part of the address.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The broker's address; the same as <see cref="UriExpression"/>.</summary>
    public ReferenceExpression ConnectionStringExpression => UriExpression;

    /// <summary>The broker's address as <c>amqp://user:password@host:port</c>.</summary>
    public ReferenceExpression UriExpression
    {
        get
        {
            var uri = new ReferenceExpressionBuilder();
            uri.AppendLiteral("amqp://");
            if (UserNameParameter is { } userName)
                uri.Append($"{userName:uri}");
            else
                uri.AppendLiteral(DefaultUserName);
            uri.Append($":{PasswordParameter:uri}@{Host}:{Port}");
            return uri.Build();
        }
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
    ];
}
