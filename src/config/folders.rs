//! Where the files are: the folders of the XDG variables, or the platform's platform.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::config::{ConfigError, Environment};

/// The folder of each kind of file. dwell's own folders are in them.
pub(super) struct Folders {
    pub(super) data: PathBuf,
    pub(super) state: PathBuf,
    pub(super) config: PathBuf,
}

impl Folders {
    /// Errors if there is no home folder, or a relative one, and the variables do not name all
    /// folders.
    pub(super) fn find(environment: &Environment) -> Result<Self, ConfigError> {
        // The platform's folders are looked up only if a variable is missing, so that dwell runs
        // without a home folder if all three are set.
        let named = |name| environment.folder(name);
        let (data, state, config) =
            (named("XDG_DATA_HOME"), named("XDG_STATE_HOME"), named("XDG_CONFIG_HOME"));
        if let (Some(data), Some(state), Some(config)) = (&data, &state, &config) {
            return Ok(Self { data: data.clone(), state: state.clone(), config: config.clone() });
        }
        let platform =
            etcetera::base_strategy::choose_native_strategy().map_err(|_| ConfigError::NoHome)?;
        if !platform.home_dir().is_absolute() {
            return Err(ConfigError::RelativeHome(platform.home_dir().to_owned()));
        }
        Ok(Self {
            data: data.unwrap_or_else(|| platform.data_dir()),
            state: state
                .unwrap_or_else(|| platform.state_dir().unwrap_or_else(|| platform.data_dir())),
            config: config.unwrap_or_else(|| platform.config_dir()),
        })
    }

    /// The folder of the drafts.
    pub(super) fn drafts(&self) -> PathBuf {
        self.state.join("dwell").join("drafts")
    }
}

/// The home folder of the person.
pub fn home_folder() -> Option<PathBuf> {
    etcetera::home_dir().ok().filter(|home| home.is_absolute())
}
